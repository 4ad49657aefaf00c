using System.Reflection;
using System.Text;

namespace MailDns.Formats;

/// <summary>Records to the texts of a format.</summary>
internal static class RecordTextWriter
{
    /// <summary>One text a zone, or one for all, as the format has it; in the order of the zones' first records.</summary>
    /// <param name="records">In any order; sets are merged.</param>
    /// <param name="format">The format.</param>
    /// <param name="provider">Read by <see cref="DnsRecordFormat.Terraform"/> only.</param>
    /// <param name="errors">Takes the sets that are left out.</param>
    /// <param name="warnings">Takes what has to be known before a text is applied.</param>
    public static IReadOnlyList<string> Write(
        IEnumerable<ResourceRecord> records,
        DnsRecordFormat format,
        TerraformProvider provider,
        ICollection<RecordExportError> errors,
        ICollection<string> warnings)
    {
        RecordFormatter formatter = Create(format, provider);
        List<ZoneParts> zones = WriteSets(ExportSets.Group(records, errors), formatter, errors);
        if (zones.Count == 0) return Array.Empty<string>();

        foreach (ZoneParts zone in zones)
        {
            if (formatter.Warn(zone) is { } warning) warnings.Add(warning);
        }

        return formatter.IsPerZone
            ? zones.Select(zone => formatter.Compose(new[] { zone })).ToArray()
            : new[] { formatter.Compose(zones) };
    }

    private static List<ZoneParts> WriteSets(IReadOnlyList<ExportSet> sets, RecordFormatter formatter, ICollection<RecordExportError> errors)
    {
        var zones = new List<ZoneParts>();
        var index = new Dictionary<DomainName, ZoneParts>();
        foreach (ExportSet set in sets)
        {
            string text;
            try
            {
                text = formatter.Write(set);
            }
            catch (RecordExportException exception)
            {
                errors.Add(new RecordExportError(set.Owner.Text, exception));
                continue;
            }

            if (!index.TryGetValue(set.Zone, out ZoneParts? zone))
            {
                zone = new ZoneParts(set.Zone);
                index.Add(set.Zone, zone);
                zones.Add(zone);
            }

            zone.Add(set, text);
        }

        return zones;
    }

    private static RecordFormatter Create(DnsRecordFormat format, TerraformProvider provider)
    {
        WrittenByAttribute written = typeof(DnsRecordFormat).GetField(format.ToString())?.GetCustomAttribute<WrittenByAttribute>()
            ?? throw new ArgumentOutOfRangeException(nameof(format));
        var formatter = (RecordFormatter)Activator.CreateInstance(written.Formatter);
        formatter.Provider = provider;
        return formatter;
    }
}

/// <summary>Which formatter writes a format: the only thing that has to be known of it.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class WrittenByAttribute(Type formatter) : Attribute
{
    public Type Formatter { get; } = formatter;
}

/// <summary>What could not be written, and why.</summary>
/// <param name="Owner">The owner's full name.</param>
internal sealed record RecordExportError(string Owner, RecordExportException Exception);

/// <summary>Writes record sets in one format. A set is written whole or refused whole: targets that replace sets would delete what is left out.</summary>
internal abstract class RecordFormatter
{
    /// <summary>Whose resources are written, where the format has several kinds (Terraform).</summary>
    public TerraformProvider Provider { get; set; }

    /// <summary>True where a document holds one zone.</summary>
    public abstract bool IsPerZone { get; }

    /// <summary>The set's part of the document.</summary>
    /// <exception cref="RecordExportException">The format cannot hold it.</exception>
    public abstract string Write(ExportSet set);

    /// <summary>What an administrator has to know before the document is applied; mostly nothing.</summary>
    public virtual string? Warn(ZoneParts zone) => null;

    /// <summary>The document, without a line end after its last line.</summary>
    public abstract string Compose(IReadOnlyList<ZoneParts> zones);
}

/// <summary>Strings of JSON (RFC 8259 section 7). YAML reads them the same (YAML 1.2 section 1.3), and so does JavaScript.</summary>
internal static class JsonText
{
    private const string Digits = "0123456789abcdef";

    /// <summary>The text in double quotes. All but printable ASCII is escaped, so no reader can differ about encodings or line separators.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                text.Append(c);
            else
                AppendUnicode(text, c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>Appends \uXXXX.</summary>
    public static void AppendUnicode(StringBuilder text, char c) =>
        text.Append("\\u").Append(Digits[c >> 12]).Append(Digits[(c >> 8) & 0xF]).Append(Digits[(c >> 4) & 0xF]).Append(Digits[c & 0xF]);
}

/// <summary>Values for formats that have no escape for an octet: what is not printable ASCII has no certain meaning there.</summary>
internal static class PlainText
{
    /// <summary>The value, when all of it is printable ASCII and none of it is of <paramref name="refused"/>.</summary>
    /// <exception cref="RecordExportException">It is not.</exception>
    public static string Require(ExportSet set, string value, string target, string refused = "")
    {
        foreach (char c in value)
        {
            if (c is < ' ' or > '~' || refused.IndexOf(c) >= 0)
            {
                throw new RecordExportException(
                    RecordExportFault.Value,
                    set.Place + ": the value " + PrintableText.Quote(value) + " has the character " + PrintableText.Quote(c.ToString())
                    + ", which cannot be written safely for " + target + ". Format Zone and NsUpdate write any value.");
            }
        }

        return value;
    }
}
