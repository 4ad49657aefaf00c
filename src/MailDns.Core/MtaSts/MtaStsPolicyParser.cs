namespace MailDns.MtaSts;

/// <summary>
/// The grammar of a policy file (RFC 8461 section 3.2): a field a line, <c>name: value</c>, lines ended by LF or CR LF. Of a
/// repeated field other than mx the first counts; unknown fields are ignored.
/// </summary>
internal static class MtaStsPolicyParser
{
    /// <summary>Longest max_age in seconds: about a year (RFC 8461 section 3.2).</summary>
    public const long LongestAge = 31557600;

    private const string Section = "RFC 8461 section 3.2";
    private const int MaxNameLength = 32;
    private const int MaxFields = 2000;
    private const int MaxFaults = 20;

    private static readonly string[] s_modes = { "none", "testing", "enforce" };

    /// <summary>The mode as the file names it.</summary>
    public static string Write(MtaStsPolicyMode mode) => s_modes[(int)mode];

    /// <summary>True for a name of a host, with or without *. in front (sts-policy-mx-value).</summary>
    public static bool IsPattern(string text)
    {
        string name = text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text;
        return name.IndexOf('_') < 0 && name.All(c => c is > ' ' and <= '~') && !name.EndsWith(".", StringComparison.Ordinal) && DomainName.TryParse(name, out _, out _);
    }

    /// <summary>Reads a file that has to be right.</summary>
    /// <exception cref="RecordParseException">The first fault, with its place.</exception>
    public static MtaStsPolicy Parse(string text)
    {
        MtaStsPolicy policy = Read(text, domain: null);
        TextFault? fault = policy.Faults.FirstOrDefault(found => found.Check != MtaStsChecks.Duplicate);
        return fault is null ? policy : throw new RecordParseException(fault.Message, text, fault.Offset, fault.Length, fault.Rule);
    }

    /// <summary>Reads any text and collects its faults.</summary>
    public static MtaStsPolicy Read(string text, string? domain)
    {
        var reading = new Reading();
        Line[] lines = Lines(text).ToArray();
        for (int i = 0; i < lines.Length; i++)
            ReadLine(lines[i], i == lines.Length - 1, reading);

        Finish(text, reading);
        return new MtaStsPolicy(domain, reading.Mode, reading.Mx, reading.MaxAge, reading.Faults.OrderBy(fault => fault.Offset).Take(MaxFaults).ToArray()) { IsUsable = reading.IsUsable };
    }

    private static void ReadLine(Line line, bool isLast, Reading reading)
    {
        if (line.Text.Length == 0)
        {
            reading.Add(MtaStsChecks.PolicySyntax, isLast ? "An empty line follows the last field." : "An empty line is between the fields.", line, "sts-policy-record");
            return;
        }

        int colon = line.Text.IndexOf(':');
        string name = colon < 0 ? string.Empty : line.Text.Substring(0, colon);
        if (name.Length == 0 || name.Any(c => !(c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-' or '.')))
        {
            reading.Add(MtaStsChecks.PolicySyntax, PrintableText.Quote(line.Text) + " is not a field: a name, a colon, a value.", line, "sts-policy-field");
            return;
        }

        ReadField(name, line.Text.Substring(colon + 1).Trim(' ', '\t'), line, reading);
    }

    private static void ReadField(string name, string value, Line line, Reading reading)
    {
        if (name != "mx" && !reading.Seen.Add(name))
        {
            reading.Add(MtaStsChecks.Duplicate, "The field " + PrintableText.Quote(name) + " occurs twice; only the first counts.", line, "sts-policy-record");
            return;
        }

        switch (name)
        {
            case "version":
                reading.HasVersion = Check(value == "STSv1", "version is " + PrintableText.Quote(value) + ", not STSv1.", line, "sts-policy-version", reading);
                break;
            case "mode":
                int mode = Array.IndexOf(s_modes, value);
                reading.Mode = mode < 0 ? null : (MtaStsPolicyMode)mode;
                Check(mode >= 0, "mode is " + PrintableText.Quote(value) + ", not enforce, testing or none.", line, "sts-policy-mode", reading);
                break;
            case "max_age":
                ReadAge(value, line, reading);
                break;
            case "mx":
                if (Check(IsPattern(value), "mx " + PrintableText.Quote(value) + " is not a host name, nor one with *. in front.", line, "sts-policy-mx", reading))
                    reading.Mx.Add(value.ToLowerInvariant());

                break;
            default:
                // Names are case-sensitive: Mode is an unknown field, and no mode.
                if (Check(!IsMisspelt(name), "The field " + PrintableText.Quote(name) + " has to be written " + name.ToLowerInvariant() + ".", line, "sts-policy-field", reading))
                    ReadExtension(name, value, line, reading);

                break;
        }
    }

    // sts-policy-ext-name is a letter or digit and up to 31 more characters; sts-policy-ext-value is not empty.
    private static void ReadExtension(string name, string value, Line line, Reading reading)
    {
        bool isName = name.Length <= MaxNameLength && name[0] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9');
        Check(isName, "The field " + PrintableText.Quote(name) + " has no name that an extension may have.", line, "sts-policy-ext-name", reading);
        Check(
            value.Length > 0 && !value.Any(c => c is < ' ' or '\x7F'),
            "The field " + PrintableText.Quote(name) + " has no value that an extension may have.",
            line,
            "sts-policy-ext-value",
            reading);
    }

    private static bool IsMisspelt(string name) => name.ToLowerInvariant() is "version" or "mode" or "max_age" or "mx";

    // sts-policy-max-age-value = 1*10(DIGIT)
    private static void ReadAge(string value, Line line, Reading reading)
    {
        bool isNumber = value.Length is > 0 and <= 10 && value.All(c => c is >= '0' and <= '9');
        if (!Check(isNumber, "max_age is " + PrintableText.Quote(value) + ", not 1 to 10 digits.", line, "sts-policy-max-age", reading))
            return;

        long age = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
        reading.MaxAge = age;
        if (age > LongestAge)
            reading.Add(MtaStsChecks.MaxAge, "max_age is " + value + " seconds; the most is 31557600.", line, "max_age");
    }

    private static void Finish(string text, Reading reading)
    {
        var end = new Line(string.Empty, text.Length);
        foreach (string name in new[] { "version", "mode", "max_age" }.Where(name => !reading.Seen.Contains(name)))
            reading.Add(MtaStsChecks.PolicySyntax, "The policy has no " + name + ".", end, "sts-policy-record");

        if (reading.Mx.Count == 0 && reading.Mode is not MtaStsPolicyMode.None)
            reading.Add(MtaStsChecks.PolicySyntax, "The policy names no mx.", end, "sts-policy-mx");
    }

    private static bool Check(bool holds, string message, Line line, string rule, Reading reading)
    {
        if (!holds) reading.Add(MtaStsChecks.PolicySyntax, message, line, rule);

        return holds;
    }

    // An end of the last line is allowed and makes no empty one after it.
    private static IEnumerable<Line> Lines(string text)
    {
        int start = 0;
        for (int count = 0; start < text.Length && count < MaxFields; count++)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            string line = text.Substring(start, end - start);
            yield return new Line(line.EndsWith("\r", StringComparison.Ordinal) ? line.Substring(0, line.Length - 1) : line, start);
            start = end + 1;
        }
    }

    /// <summary>One line without its end.</summary>
    private readonly struct Line(string text, int offset)
    {
        public string Text { get; } = text.TrimEnd(' ', '\t');

        public int Offset { get; } = offset;
    }

    /// <summary>What was read so far.</summary>
    private sealed class Reading
    {
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public List<string> Mx { get; } = new();

        public List<TextFault> Faults { get; } = new();

        public bool HasVersion { get; set; }

        /// <summary>True where senders can use it in spite of its other faults.</summary>
        public bool IsUsable => HasVersion && Mode is not null && MaxAge is not null;

        public MtaStsPolicyMode? Mode { get; set; }

        public long? MaxAge { get; set; }

        public void Add(CheckDefinition check, string message, Line line, string rule) =>
            Faults.Add(new TextFault(check, message, line.Offset, line.Text.Length, Section + ", " + rule));
    }
}
