namespace MailDns.MtaSts;

/// <summary>
/// The grammar of an MTA-STS record (RFC 8461 section 3.1):
/// <c>sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]</c>.
/// </summary>
internal static class MtaStsParser
{
    /// <summary>Longest id (RFC 8461 section 3.1, sts-id).</summary>
    public const int MaxIdLength = 32;
    private const string Section = "RFC 8461 section 3.1";
    private const string Version = "STSv1";
    private const int MaxNameLength = 32;

    /// <summary>The version as people write it.</summary>
    internal const string VersionPattern = "STS[ _-]?v?[ _-]?[1l](?:\\.0)?";

    /// <summary>True for a text that senders take for an MTA-STS record: exactly v=STSv1, then a semicolon.</summary>
    public static bool IsMtaSts(string text)
    {
        if (!text.StartsWith("v=" + Version, StringComparison.Ordinal)) return false;

        string rest = text.Substring(Version.Length + 2).TrimStart(' ', '\t');
        return rest.Length > 0 && rest[0] == ';';
    }

    /// <summary>True for a text that is or means to be such a record.</summary>
    public static bool LooksLikeMtaSts(string text) => IsMtaSts(text) || PastedFields.HasVersion(text, VersionPattern);

    /// <summary>True for 1 to 32 letters and digits.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && id.All(IsAlphanumeric);

    /// <summary>Reads a record that has to be right.</summary>
    /// <exception cref="RecordParseException">The first fault, with its place.</exception>
    public static MtaStsRecord Parse(string text)
    {
        MtaStsRecord record = Read(text);
        TextFault? fault = record.Faults.FirstOrDefault(found => found.Check != MtaStsChecks.Duplicate);
        return fault is null ? record : throw new RecordParseException(fault.Message, text, fault.Offset, fault.Length, fault.Rule);
    }

    /// <summary>Reads any text and collects all faults.</summary>
    public static MtaStsRecord Read(string text)
    {
        IReadOnlyList<TagSpec> fields = TagList.Split(text);
        var faults = new List<TextFault>();
        if (!IsMtaSts(text))
        {
            TagSpec? first = fields.Count > 0 ? fields[0] : null;
            faults.Add(new TextFault(MtaStsChecks.Syntax, "An MTA-STS record begins with exactly \"v=STSv1;\".", first?.Offset ?? 0, first?.Length ?? 0, Section + ", sts-version"));
        }

        string? id = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (TagSpec field in fields.Skip(LooksLikeMtaSts(text) ? 1 : 0))
            ReadField(text, field, seen, ref id, faults);

        if (id is null)
            faults.Add(new TextFault(MtaStsChecks.Id, "The record has no id.", text.Length, 0, Section + ", sts-id"));

        return new MtaStsRecord(text, id, faults.OrderBy(fault => fault.Offset).ToArray());
    }

    private static void ReadField(string text, TagSpec field, HashSet<string> seen, ref string? id, List<TextFault> faults)
    {
        string whole = text.Substring(field.Offset, field.Length);
        if (!field.HasEquals || field.Value.Length == 0)
        {
            faults.Add(Fault(field, field.Length == 0 ? "is empty: a semicolon too many" : "is not name=value", whole, "sts-field"));
            return;
        }

        if (field.Offset + field.Name.Length + 1 != field.ValueOffset)
            faults.Add(Fault(field, "has white space around \"=\"", whole, "sts-field"));

        if (!seen.Add(field.Name))
        {
            // Section 3.2, last paragraph: all entries except for the first are ignored, in the record too.
            faults.Add(new TextFault(MtaStsChecks.Duplicate, "The field " + PrintableText.Quote(field.Name) + " occurs twice; only the first counts.", field.Offset, field.Length, "RFC 8461 section 3.2"));
        }
        else if (field.Name == "id")
        {
            ReadId(field, out id, faults);
        }
        else if (string.Equals(field.Name, "id", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(Fault(field, "has to be written id, in lower case", whole, "sts-id"));
        }
        else if (!IsExtensionName(field.Name) || !field.Value.All(IsExtensionCharacter))
        {
            faults.Add(Fault(field, "is not a field that an extension may have", whole, "sts-extension"));
        }
    }

    private static void ReadId(TagSpec field, out string? id, List<TextFault> faults)
    {
        id = field.Value;
        if (!IsId(id))
        {
            faults.Add(new TextFault(
                MtaStsChecks.Id,
                "id=" + PrintableText.Escape(Shorten(id)) + " is not 1 to 32 letters and digits.",
                field.Offset,
                field.Length,
                Section + ", sts-id"));
        }
    }

    private static string Shorten(string text) => text.Length > 64 ? text.Substring(0, 61) + "..." : text;

    private static TextFault Fault(TagSpec field, string problem, string whole, string rule) => new(
        MtaStsChecks.Syntax,
        (whole.Length == 0 ? "A field" : PrintableText.Quote(whole)) + " " + problem + ".",
        field.Offset,
        field.Length,
        Section + ", " + rule);

    private static bool IsExtensionName(string name) =>
        name.Length is > 0 and <= MaxNameLength && IsAlphanumeric(name[0]) && name.All(c => IsAlphanumeric(c) || c is '_' or '-' or '.');

    // %x21-3A / %x3C / %x3E-7E: no semicolon, no equals sign, no white space
    private static bool IsExtensionCharacter(char c) => c is > ' ' and <= '~' and not ';' and not '=';

    private static bool IsAlphanumeric(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
