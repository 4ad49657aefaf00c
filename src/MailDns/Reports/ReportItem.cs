using System.Collections;

namespace MailDns.Reports;

/// <summary>An object of the pipeline, read by the names of its properties, so that a copy of it reads the same.</summary>
internal sealed class ReportItem(PSObject value)
{
    private const string Prefix = "MailDns.";

    public PSObject Value { get; } = value;

    /// <summary>The MailDns type's name without its namespace; null for anything else.</summary>
    public string? Kind { get; } = KindOf(value);

    /// <summary>True for each class of records.</summary>
    public bool IsRecord => Kind is not null && Kind.EndsWith("Record", StringComparison.Ordinal) && Has("ZoneName") && Has("Fqdn") && Has("RecordType");

    public bool Has(string name) => Value.Properties[name] is not null;

    /// <summary>Empty where there is none.</summary>
    public string Text(string name) => TextOrNull(name) ?? string.Empty;

    /// <summary>Null where there is none, or an empty one: the type data of a copy give nothing in place of null.</summary>
    public string? TextOrNull(string name) => Get(name) is { } value && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    /// <summary>Null where there is none.</summary>
    public bool? Flag(string name) => Get(name) as bool?;

    /// <summary>0 where there is no number.</summary>
    public long Number(string name) => Get(name) is { } value && long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
        ? number
        : 0;

    /// <summary>Null where there is no number, or one that is no count of days.</summary>
    public int? NumberOrNull(string name) => int.TryParse(Convert.ToString(Get(name), CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>The items of a list, or a single object as a list of one.</summary>
    public IEnumerable<object> List(string name) => Get(name) switch
    {
        null => Enumerable.Empty<object>(),
        string text => new object[] { text },
        IEnumerable list => list.Cast<object?>().Where(item => item is not null).Select(item => item!),
        _ => new object[] { Value.Properties[name].Value },
    };

    /// <summary>The objects in its other properties: what it is made of, but for its results.</summary>
    public IEnumerable<ReportItem> Parts() => Value.Properties
        .Where(property => property.MemberType == PSMemberTypes.NoteProperty || (property.MemberType == PSMemberTypes.Property && property.TypeNameOfValue.Contains("MailDns.")))
        .SelectMany(property => List(property.Name))
        .Where(part => part is not string)
        .Select(part => new ReportItem(PSObject.AsPSObject(part)))
        .Where(part => part.Kind != nameof(CheckResult));

    public string[] Texts(string name) => List(name).Select(item => item.ToString() ?? string.Empty).ToArray();

    private object? Get(string name) => new PropertyBag(Value).Value(name);

    // Deserialized.MailDns.CheckResult from a job, Selected.MailDns.CheckResult from Select-Object.
    private static string? KindOf(PSObject value)
    {
        foreach (string type in value.TypeNames)
        {
            string name = type;
            foreach (string copy in new[] { "Selected.", "Deserialized." })
                name = name.StartsWith(copy, StringComparison.Ordinal) ? name.Substring(copy.Length) : name;

            if (name.StartsWith(Prefix, StringComparison.Ordinal)) return name.Substring(Prefix.Length);
        }

        return null;
    }
}
