using System.Text;

namespace MailDns.Smtp;

/// <summary>A reply of a mail server (RFC 5321 section 4.2). Its lines are foreign and not escaped.</summary>
internal sealed class SmtpReply(int code, IReadOnlyList<string> lines)
{
    public int Code { get; } = code;

    /// <summary>The text of each line behind the code.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;

    public bool IsPositive => Code / 100 == 2;

    /// <summary>Code and first lines, escaped and short enough to be shown.</summary>
    public override string ToString()
    {
        string text = PrintableText.Escape(Code + " " + string.Join(" ", Lines.Take(3)).Trim()).Trim();
        return text.Length > 160 ? text.Substring(0, 157) + "..." : text;
    }
}

/// <summary>
/// Reads replies from a connection within bounds. A line has 512 octets at most (RFC 5321 section 4.5.3.1.5); servers that
/// say somewhat more are understood, those that do not end are left.
/// </summary>
internal sealed class SmtpReplyReader(ISmtpConnection connection)
{
    /// <summary>Longest line that is read.</summary>
    public const int MaxLine = 2048;

    /// <summary>Most lines of one reply.</summary>
    public const int MaxLines = 100;

    private readonly ISmtpConnection _connection = connection;
    private readonly byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;

    /// <summary>Octets that came and belong to no reply yet: after the reply to STARTTLS an attacker's, which may not be believed (CVE-2011-0411).</summary>
    public bool HasMore => _start < _end;

    /// <summary>The next reply, of one line or several.</summary>
    /// <exception cref="SmtpException">It is none, is too long, or does not come.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        int code = 0;
        while (true)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (!TryReadCode(line, out int found) || (lines.Count > 0 && found != code))
            {
                throw new SmtpException(SmtpFailureKind.NotSmtp, "it says " + PrintableText.Quote(line.Length > 60 ? line.Substring(0, 60) + "..." : line) + ", which is not an SMTP reply");
            }

            code = found;
            lines.Add(line.Length > 4 ? line.Substring(4) : string.Empty);
            if (line.Length == 3 || line[3] == ' ') return new SmtpReply(code, lines);

            if (lines.Count == MaxLines)
                throw new SmtpException(SmtpFailureKind.NotSmtp, "a reply has more than " + MaxLines + " lines");
        }
    }

    private static bool TryReadCode(string line, out int code)
    {
        code = 0;
        bool valid = line.Length >= 3 && line[0] is >= '2' and <= '5' && line[1] is >= '0' and <= '5' && line[2] is >= '0' and <= '9' && (line.Length == 3 || line[3] is ' ' or '-');
        code = valid ? (100 * (line[0] - '0')) + (10 * (line[1] - '0')) + line[2] - '0' : 0;
        return valid;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < MaxLine)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await _connection.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
                if (_end == 0)
                    throw new SmtpException(SmtpFailureKind.Closed, "it closes the connection " + (line.Length > 0 ? "within a reply" : "without a reply"));
            }

            char c = (char)_buffer[_start++];
            if (c == '\n') return line.ToString().TrimEnd('\r');

            line.Append(c);
        }

        throw new SmtpException(SmtpFailureKind.NotSmtp, "a line has more than " + MaxLine + " octets");
    }
}
