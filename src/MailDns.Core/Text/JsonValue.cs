namespace MailDns.Text;

/// <summary>
/// A JSON value as it was read, with its place in the text, so that whatever is wrong with it can be shown where it stands.
/// Immutable; the core itself reads no JSON (see <see cref="IJsonTextReader"/>).
/// </summary>
internal sealed class JsonValue
{
    private readonly JsonPath? _path;

    private JsonValue(
        JsonKind kind,
        JsonPath? path,
        int line,
        int column,
        string text,
        IReadOnlyList<JsonValue> items,
        IReadOnlyList<JsonProperty> properties)
    {
        Kind = kind;
        _path = path;
        Line = line;
        Column = column;
        Text = text;
        Items = items;
        Properties = properties;
    }

    public JsonKind Kind { get; }

    /// <summary>The way to the value from the root, e.g. <c>records[0].host</c>; empty for the root.</summary>
    public string Path => _path?.ToString() ?? string.Empty;

    /// <summary>Line of the value's first character, from 1.</summary>
    public int Line { get; }

    /// <summary>Column of the value's first character, from 1.</summary>
    public int Column { get; }

    /// <summary>A string's characters; a number, true, false or null as it is written; else empty.</summary>
    public string Text { get; }

    /// <summary>An array's values.</summary>
    public IReadOnlyList<JsonValue> Items { get; }

    /// <summary>An object's members in their order; no name occurs twice.</summary>
    public IReadOnlyList<JsonProperty> Properties { get; }

    /// <summary>A string, number, bool or null.</summary>
    public static JsonValue Scalar(JsonKind kind, JsonPath? path, int line, int column, string text) =>
        new(kind, path, line, column, text, Array.Empty<JsonValue>(), Array.Empty<JsonProperty>());

    public static JsonValue CreateArray(JsonPath? path, int line, int column, IReadOnlyList<JsonValue> items) =>
        new(JsonKind.Array, path, line, column, string.Empty, items, Array.Empty<JsonProperty>());

    public static JsonValue CreateObject(JsonPath? path, int line, int column, IReadOnlyList<JsonProperty> properties) =>
        new(JsonKind.Object, path, line, column, string.Empty, Array.Empty<JsonValue>(), properties);

    /// <summary>The member's value, null where there is none. Names are case-sensitive (RFC 8259 section 8.3).</summary>
    public JsonValue? Find(string name)
    {
        foreach (JsonProperty property in Properties)
        {
            if (string.Equals(property.Name, name, StringComparison.Ordinal)) return property.Value;
        }

        return null;
    }

    /// <summary>The path of a member of this object.</summary>
    public static string MemberPath(string parent, string name) => parent.Length == 0 ? JsonPath.Shown(name) : parent + "." + JsonPath.Shown(name);

    /// <summary>What the value is, for a message: "a string", "an object".</summary>
    public string Describe() => Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Bool => Text,
        JsonKind.Number => "the number " + PrintableText.Escape(Text),
        JsonKind.String => "the string " + PrintableText.Quote(Text),
        JsonKind.Array => "an array",
        _ => "an object",
    };
}

/// <summary>One step of the way to a JSON value. A value keeps the step and not the text: a file of many values at a long way would take all memory.</summary>
internal sealed class JsonPath(JsonPath? parent, string? name, int index)
{
    private const int MaxShown = 60;

    public static JsonPath Member(JsonPath? parent, string name) => new(parent, name, 0);

    public static JsonPath Item(JsonPath? parent, int index) => new(parent, null, index);

    /// <summary>A name as a message shows it.</summary>
    public static string Shown(string name) => name.Length > MaxShown ? name.Substring(0, MaxShown) + "..." : name;

    public override string ToString()
    {
        string step = name is null ? "[" + index + "]" : Shown(name);
        return parent is null ? step : parent + (name is null ? step : "." + step);
    }
}
