namespace MailDns.Formats;

/// <summary>Puts records into record sets, and refuses what no zone could hold.</summary>
internal static class ExportSets
{
    /// <summary>The sets in the order of their first record. Refused ones go to <paramref name="errors"/>.</summary>
    public static IReadOnlyList<ExportSet> Group(IEnumerable<ResourceRecord> records, ICollection<RecordExportError> errors)
    {
        var sets = new List<ExportSet>();
        var index = new Dictionary<(DomainName, DomainName, DnsRecordType), ExportSet>();
        foreach (ResourceRecord record in records)
        {
            var key = (record.Zone, record.Owner, record.DnsType);
            if (!index.TryGetValue(key, out ExportSet? set))
            {
                set = new ExportSet(record.Zone, record.Owner, record.DnsType);
                index.Add(key, set);
                sets.Add(set);
            }

            set.Add(record.Ttl, record.Data);
        }

        ILookup<(DomainName, DomainName), ExportSet> places = sets.ToLookup(set => (set.Zone, set.Owner));
        return sets.Where(set => Accepts(set, places[(set.Zone, set.Owner)], errors)).ToArray();
    }

    private static bool Accepts(ExportSet set, IEnumerable<ExportSet> sets, ICollection<RecordExportError> errors)
    {
        try
        {
            ExportNames.Check(set);
        }
        catch (RecordExportException exception)
        {
            errors.Add(new RecordExportError(set.Owner.Text, exception));
            return false;
        }

        string? conflict = Conflict(set, sets);
        if (conflict is null) return true;

        errors.Add(new RecordExportError(set.Owner.Text, new RecordExportException(RecordExportFault.Conflict, set.Place + ": " + conflict)));
        return false;
    }

    // RFC 1034 section 3.6.2: a name with a CNAME has no other data.
    private static string? Conflict(ExportSet set, IEnumerable<ExportSet> sets)
    {
        if (set.Type == DnsRecordType.Cname && set.Data.Count > 1)
            return "a name has one CNAME (RFC 1034 section 3.6.2); these have " + set.Data.Count + " targets.";

        ExportSet? other = sets.FirstOrDefault(one => one != set && (one.Type == DnsRecordType.Cname || set.Type == DnsRecordType.Cname));
        return other is null ? null : "a CNAME is alone at its name (RFC 1034 section 3.6.2), and there is " + other.TypeName + " too; neither is written.";
    }
}

/// <summary>The records of one name and type of a zone (RFC 2181 section 5).</summary>
internal sealed class ExportSet(DomainName zone, DomainName owner, DnsRecordType type)
{
    private readonly List<RecordData> _data = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public DomainName Zone { get; } = zone;
    public DomainName Owner { get; } = owner;
    public DnsRecordType Type { get; } = type;

    /// <summary>TXT, CNAME, MX and so on.</summary>
    public string TypeName => DnsRecordTypes.Mnemonic(Type);

    /// <summary>The owner relative to the zone, "@" at its apex.</summary>
    public string Name => Owner.RelativeTo(Zone);

    /// <summary>The owner with a trailing dot.</summary>
    public string AbsoluteName => Owner.Text + ".";

    /// <summary>For messages: type and name.</summary>
    public string Place => TypeName + " at " + Owner;

    /// <summary>The lowest of the records: the records of a set have one time to live (RFC 2181 section 5.2).</summary>
    public uint Ttl { get; private set; } = uint.MaxValue;

    public IReadOnlyList<RecordData> Data => _data;

    /// <summary>Takes a record; the same data twice is once (RFC 2181 section 5).</summary>
    public void Add(uint ttl, RecordData data)
    {
        Ttl = Math.Min(Ttl, ttl);
        if (_seen.Add(RecordText.Of(data))) _data.Add(data);
    }
}

/// <summary>
/// Names that every format can write as they are: letters, digits, hyphens, underscores, and an asterisk as the first label.
/// DNS itself allows any octet (RFC 2181 section 11); such names have no place in a mail set-up and could break out of a format.
/// </summary>
internal static class ExportNames
{
    /// <exception cref="RecordExportException">A name of the set has another character, or the zone is the root.</exception>
    public static void Check(ExportSet set)
    {
        Check(set, set.Owner);
        Check(set, set.Zone);
        foreach (RecordData data in set.Data)
        {
            foreach ((RecordField field, object value) in RecordText.Fields(set.Type, data))
            {
                if (value is DomainName name && !(name.IsRoot && field.AllowsRoot)) Check(set, name);
            }
        }
    }

    /// <summary>True where the name has only characters that need no escape anywhere.</summary>
    public static bool IsPlain(DomainName name)
    {
        string text = name.Text.StartsWith("*.", System.StringComparison.Ordinal) ? name.Text.Substring(2) : name.Text;
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.')) return false;
        }

        return text.Length > 0;
    }

    private static void Check(ExportSet set, DomainName name)
    {
        if (!IsPlain(name))
        {
            throw new RecordExportException(RecordExportFault.Value, set.Place + ": the name " + name + " has other characters than letters, digits, hyphens and underscores.");
        }
    }
}

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

/// <summary>A record or record set cannot be written in a format without loss or danger.</summary>
internal sealed class RecordExportException(RecordExportFault fault, string message) : Exception(message)
{
    public RecordExportFault Fault { get; } = fault;

    public static RecordExportException OfType(ExportSet set, string target, string wayOut) =>
        new(RecordExportFault.Type, set.Place + ": " + target + " takes no " + set.TypeName + " records" + wayOut + ".");
}

/// <summary>Why a record cannot be written in a format.</summary>
internal enum RecordExportFault
{
    /// <summary>The target knows no such type.</summary>
    Type,

    /// <summary>The value cannot be written so that the target reads the same value back.</summary>
    Value,

    /// <summary>The value is longer than the target takes.</summary>
    Length,

    /// <summary>Records that cannot stand together at a name.</summary>
    Conflict,
}

/// <summary>What a formatter wrote for the sets of one zone.</summary>
internal sealed class ZoneParts(DomainName zone)
{
    private readonly List<ExportSet> _sets = new();
    private readonly List<string> _texts = new();

    public DomainName Zone { get; } = zone;
    public IReadOnlyList<ExportSet> Sets => _sets;

    /// <summary>One a set.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public void Add(ExportSet set, string text)
    {
        _sets.Add(set);
        _texts.Add(text);
    }
}
