namespace MailDns.Formats;

/// <summary>RDATA for other tools, by the fields that its type declares.</summary>
internal static class RecordText
{
    /// <summary>The presentation form, names absolute with their dot.</summary>
    /// <param name="data">The data.</param>
    /// <param name="octal">See <see cref="PresentationText.Quote"/>.</param>
    public static string Of(RecordData data, bool octal = false) => data.ToPresentation(octal);

    /// <summary>With a trailing dot; "." for the root.</summary>
    public static string Absolute(DomainName name) => name.ToPresentation();

    /// <summary>Without a trailing dot; "." for the root, the exchange of a null MX (RFC 7505).</summary>
    public static string Bare(DomainName name) => name.IsRoot ? "." : name.Text;

    /// <summary>The fields of a set's type with their values for data of it; none for a type that MailDns only reads.</summary>
    public static IEnumerable<(RecordField Field, object Value)> Fields(DnsRecordType type, RecordData data) =>
        (RecordTypes.Find(type)?.Fields ?? Array.Empty<RecordField>()).Select(field => (field, field.Value(data)));

    /// <summary>A value as most tools take it: names without their dot, numbers and addresses as they are written.</summary>
    public static string Show(object value) => value is DomainName name ? Bare(name) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>True for a value that is written without quotes where texts have them.</summary>
    public static bool IsNumber(object value) => value is byte or ushort or uint;
}
