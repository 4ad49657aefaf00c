using System.Text;
using MailDns.MtaSts;

namespace MailDns;

/// <summary>An MTA-STS policy (RFC 8461 section 3.2). <see cref="ToString"/> is the file to serve. Texts are escaped for display.</summary>
public sealed class MtaStsPolicy
{
    internal MtaStsPolicy(string? domain, MtaStsPolicyMode? mode, IReadOnlyList<string> mx, long? maxAge, IReadOnlyList<TextFault> faults)
    {
        Domain = domain;
        Mode = mode;
        Mx = mx.Select(PrintableText.Escape).ToArray();
        MaxAge = maxAge;
        Faults = faults;
    }

    /// <summary>The domain that it is for; null where that is not known.</summary>
    public string? Domain { get; }

    /// <summary>Where the file has to be served; null where the domain is not known.</summary>
    public string? Uri => Domain is null ? null : "https://" + MtaStsRecordBuilder.HostLabel + "." + Domain + "/.well-known/mta-sts.txt";

    /// <summary>mode; null where it is missing or none.</summary>
    public MtaStsPolicyMode? Mode { get; }

    /// <summary>mx: the names of mail exchangers that may be delivered to, or *.name for any one label in front of it.</summary>
    public string[] Mx { get; }

    /// <summary>max_age: for how many seconds senders keep the policy; null where it is missing or none.</summary>
    public long? MaxAge { get; }

    internal IReadOnlyList<TextFault> Faults { get; }

    /// <summary>False where version, mode or max_age cannot be read: senders go on as if there were no policy (RFC 8461 section 3.3).</summary>
    internal bool IsUsable { get; init; } = true;

    /// <summary>Reads a policy file by the letter of RFC 8461 section 3.2.</summary>
    /// <exception cref="RecordParseException">The text breaks the grammar; the exception says where.</exception>
    public static MtaStsPolicy Parse(string text) => MtaStsPolicyParser.Parse(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>The policy file: lines that end in CR LF.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("version: STSv1\r\n");
        if (Mode is { } mode) text.Append("mode: ").Append(MtaStsPolicyParser.Write(mode)).Append("\r\n");

        foreach (string mx in Mx)
            text.Append("mx: ").Append(mx).Append("\r\n");

        return MaxAge is { } age
            ? text.Append("max_age: ").Append(age.ToString(CultureInfo.InvariantCulture)).Append("\r\n").ToString()
            : text.ToString();
    }
}
