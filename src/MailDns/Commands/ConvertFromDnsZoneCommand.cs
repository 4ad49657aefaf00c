using System.IO;
using System.Text;
using MailDns.Adapters;
using MailDns.Formats;
using MailDns.Text;

namespace MailDns.Commands;

/// <summary>Reads a zone file, or its text, into record objects.</summary>
/// <remarks>
/// Reads $ORIGIN, $TTL, $GENERATE, parentheses, relative names, \DDD and generic data (RFC 1035 section 5, RFC 2308 section 4,
/// RFC 3597 section 5), as well as the output of dnscmd /ZoneExport, dig AXFR and the exports of DNS services. $INCLUDE is
/// refused. TXT, CNAME, MX, NS, PTR, SRV, A, AAAA, TLSA and CAA records become objects; their Purpose follows from their text and
/// name. Records of other types, and entries that cannot be read, are left out with a warning. The SOA and NS records of the zone
/// itself are left out too; -Verbose lists them, and shows which zone was assumed for the file: -ZoneName, its SOA record or
/// $ORIGIN, its first comment, or the name of the file. If a text cannot be split into entries, there is the error
/// InvalidZoneFile with line and column, and no records.
/// </remarks>
/// <example>
/// <code>ConvertFrom-DnsZone -Path examples/zones/example.com.zone | Where-Object Purpose -eq Dkim</code>
/// <para>The DKIM records of a zone file.</para>
/// </example>
/// <example>
/// <code>'@ 3600 IN TXT "v=spf1 -all"' | ConvertFrom-DnsZone -ZoneName contoso.com</code>
/// <para>A line, relative to a zone that it does not name.</para>
/// </example>
/// <example>
/// <code>Get-Content examples/zones/example.com.zone | ConvertFrom-DnsZone | Export-Clixml before.xml</code>
/// <para>Keeps what a zone has. The output of dig AXFR goes the same way.</para>
/// </example>
[Cmdlet(VerbsData.ConvertFrom, "DnsZone", DefaultParameterSetName = "Text")]
[OutputType(typeof(TxtRecord), typeof(CnameRecord), typeof(MxRecord), typeof(NsRecord), typeof(PtrRecord), typeof(SrvRecord), typeof(ARecord), typeof(AaaaRecord), typeof(TlsaRecord), typeof(CaaRecord))]
public sealed class ConvertFromDnsZoneCommand : MailDnsCmdlet
{
    /// <summary>Most characters of a text, as of a file.</summary>
    private const int MaxCharacters = 256 << 20;

    /// <summary>Most names that a warning lists.</summary>
    private const int MaxNames = 5;

    private readonly StringBuilder _text = new();
    private DomainName? _zone;

    /// <summary>The text of one zone: a string, or its lines one by one.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Text", ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] InputObject { get; set; } = Array.Empty<string>();

    /// <summary>Zone files; wildcards are allowed. A file named contoso.com.zone, db.contoso.com or contoso.com.dns tells its zone by that.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Zone files by their exact names; from Get-ChildItem and Get-Item by pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>The zone that contains the records, and what relative names are relative to before $ORIGIN; default: the owner of the SOA record, else the first $ORIGIN.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ZoneName { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _zone = ZoneName is null ? null : DomainName.Parse(ZoneName);
        }
        catch (DomainNameException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, ZoneName));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in LiteralPath)
            Convert(path, () => ZoneFileLoader.Load(this, path, _zone, Array.Empty<DomainName>(), isLiteral: true).ToArray());

        foreach (string line in InputObject)
        {
            if (_text.Length + line.Length >= MaxCharacters)
                ThrowTerminatingError(ErrorRecords.From(new IOException("A zone of more than " + MaxCharacters + " characters is not read."), target: null));

            _text.Append(line).Append('\n');
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == "Text")
        {
            string text = _text.ToString();
            string word = text.Trim();
            if (word.Length > 0 && word.IndexOfAny(s_white) < 0)
            {
                WriteError(ErrorRecords.From(new ArgumentException(PrintableText.Quote(word) + " is not the text of a zone. If it is a file, specify it with -Path."), text));
                return;
            }

            Convert("text", () => new[] { ZoneFileLoader.Tell(this, Await(token => Task.FromResult(ZoneFileParser.Parse(ToOctets(text), "text", Given, path: null, token)))) });
            return;
        }

        foreach (string path in Path)
            Convert(path, () => ZoneFileLoader.Load(this, path, _zone, Array.Empty<DomainName>()).ToArray());
    }

    private static readonly char[] s_white = { ' ', '\t', '\r', '\n' };

    private ZoneOrigin? Given => _zone is null ? null : new ZoneOrigin(_zone, "-ZoneName", IsStated: true);

    private void Convert(string source, Func<IReadOnlyList<ZoneFile>> read)
    {
        IReadOnlyList<ZoneFile> files;
        try
        {
            files = read();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException or UnauthorizedAccessException or ItemNotFoundException)
        {
            WriteError(ErrorRecords.From(exception, source));
            return;
        }

        foreach (ZoneFile file in files)
        {
            if (_zone is null && file.Apex.LabelCount < 2 && !(file.IsComplete && file.Apex.LabelCount == 1))
            {
                // Records of the root or of a whole top-level domain would go to a zone that nobody here has.
                WriteError(ErrorRecords.From(new ZoneFileException(file.FileName, 1, 1, "the records are named under " + file.Apex + ", which is not the zone: specify -ZoneName", "RFC 1035 section 5.1"), source));
                continue;
            }

            Write(file);
        }
    }

    private void Write(ZoneFile file)
    {
        var skipped = new List<SkippedRecord>();
        WriteObject(ZoneRecordReader.Read(file, _zone, skipped), enumerateCollection: true);
        foreach (IGrouping<(string, bool), SkippedRecord> group in skipped.GroupBy(record => (record.Reason, record.IsExpected)))
        {
            string names = string.Join(", ", group.Take(MaxNames).Select(record => record.Text));
            int others = group.Count() - MaxNames;
            string text = "Left out: " + names + (others > 0 ? " and " + others + " more" : string.Empty) + ": " + group.Key.Item1.TrimEnd('.') + ".";
            WriteMessage(group.Key.Item2 ? CmdletMessage.Verbose(text) : CmdletMessage.Warning(text));
        }
    }

    // A string's characters are Unicode; DNS text has an octet a character.
    private static string ToOctets(string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        return octets.Length == text.Length ? text : Encoding.GetEncoding(28591).GetString(octets);
    }
}
