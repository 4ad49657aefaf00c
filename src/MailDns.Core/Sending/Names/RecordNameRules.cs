using System.Text;
using MailDns.Mx;

namespace MailDns.Sending;

/// <summary>Names that a domain's records point to and that are none: too long, no host name, Unicode where DNS needs A-labels.</summary>
internal sealed class RecordNameRules(DomainName domain, CheckSheet sheet)
{
    /// <summary>Names that one result tells; the count tells the rest.</summary>
    private const int NamedNames = 5;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly DomainName _domain = domain;
    private readonly CheckSheet _sheet = sheet;
    private readonly List<Finding> _findings = new();

    /// <summary>Judges the names in these answers.</summary>
    public void Apply(IEnumerable<DnsResponse> answers)
    {
        foreach (RecordName name in new RecordNameReader(_domain).Read(answers))
            Judge(name);

        foreach (IGrouping<CheckDefinition, Finding> group in _findings.GroupBy(finding => finding.Check))
        {
            Finding[] all = group.ToArray();
            string more = all.Length > NamedNames ? "; and " + (all.Length - NamedNames) + " more" : string.Empty;
            _sheet.Report(
                group.Key.Saying(string.Join("; ", all.Take(NamedNames).Select(finding => finding.Message)) + more + "."),
                all.Length == 1 ? all[0].Expected : null,
                string.Join(", ", all.Take(NamedNames).Select(finding => PrintableText.Escape(finding.Name.Text))),
                recommendation: null,
                all.Select(finding => finding.Fix).OfType<ResourceRecord>().ToArray());
        }
    }

    private void Judge(RecordName name)
    {
        if (name.Text.Any(c => c > '~'))
            JudgeUnicode(name);
        else if (name.Text.Length > DomainName.MaxLength || name.Text.Split('.').Any(label => label.Length > DomainName.MaxLabelLength))
            Add(DnsChecks.NameLength, name, " has a label over 63 octets, or is longer than 253");
        else if (SyntaxFault(name) is { } fault)
            Add(DnsChecks.NameSyntax, name, " is not a host name: " + fault);
        else if (!DomainName.TryToAscii(name.Text, out _, out _))
            Add(DnsChecks.IdnInvalid, name, " has an A-label that decodes to no valid name");
    }

    // Octets of UTF-8, as Windows DNS Server and control panels store what people type.
    private void JudgeUnicode(RecordName name)
    {
        if (Decode(name.Text) is not { } unicode)
            Add(DnsChecks.NameSyntax, name, " is not a host name: it holds octets that are no text");
        else if (DomainName.TryParseRelative(unicode, out DomainName? ascii, out _))
            _findings.Add(new Finding(DnsChecks.IdnULabel, name, Show(name) + " is Unicode; DNS needs " + ascii) { Expected = ascii!.Text, Fix = name.Rename(ascii.Text) });
        else
            Add(DnsChecks.IdnInvalid, name, " is not a valid internationalized name");
    }

    private static string? SyntaxFault(RecordName name)
    {
        // An address in a name's place has checks of its own: MX-IP, and those of SPF.
        string[] labels = name.Text.Split('.');
        if (DomainName.TryParseDns(name.Text, out DomainName? parsed) && MxHostName.IsAddress(parsed!)) return null;
        if (labels.Any(label => label.Length == 0)) return "a label is empty";

        if (name.Text.FirstOrDefault(c => !IsHostCharacter(c) && c != '_') is var odd && odd != '\0')
            return PrintableText.Quote(odd.ToString()) + " is not allowed";

        if (labels.Any(label => label[0] == '-' || label[label.Length - 1] == '-'))
            return "a label begins or ends with a hyphen";

        return name.IsHost && name.Text.IndexOf('_') >= 0 ? "a host that takes mail has no underscore" : null;
    }

    private static bool IsHostCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.';

    private static string? Decode(string octets)
    {
        try
        {
            return octets.All(c => c <= 0xFF) ? s_utf8.GetString(octets.Select(c => (byte)c).ToArray()) : octets;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private void Add(CheckDefinition check, RecordName name, string what) => _findings.Add(new Finding(check, name, Show(name) + what));

    private static string Show(RecordName name) => PrintableText.Quote(name.Text) + " in " + name.Place;

    private sealed class Finding(CheckDefinition check, RecordName name, string message)
    {
        public CheckDefinition Check { get; } = check;

        public RecordName Name { get; } = name;

        public string Message { get; } = message;

        public string? Expected { get; init; }

        public ResourceRecord? Fix { get; init; }
    }
}
