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

/// <summary>
/// Reads JSON text (RFC 8259) into a tree with positions. A public class MailDns.Json.NewtonsoftJsonReader with a
/// parameterless constructor implements it.
/// </summary>
internal interface IJsonTextReader
{
    /// <summary>Reads the one value that the text holds.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="source">What to call the text in an error: a file's path.</param>
    /// <param name="lastWins">True where a member that is named twice counts as its last one, as most readers take it.</param>
    /// <exception cref="JsonTextException">The text is no JSON, is too long or too deep, or an object names a member twice where that is refused.</exception>
    JsonValue Read(string text, string source, bool lastWins = false);
}

/// <summary>Takes the members of one JSON object by name and kind; whatever is wrong is told with its place.</summary>
internal sealed class JsonObjectReader
{
    private readonly JsonValue _value;
    private readonly string _source;

    /// <summary>Creates the reader of an object that has no other members than the known ones.</summary>
    /// <exception cref="JsonTextException">The value is no object, or a member is unknown.</exception>
    public JsonObjectReader(JsonValue value, string source, params string[] known)
    {
        _value = value;
        _source = source;
        if (value.Kind != JsonKind.Object) throw Fault(value, "expected an object, found " + value.Describe() + ".");

        foreach (JsonProperty property in value.Properties)
        {
            if (!known.Contains(property.Name, StringComparer.Ordinal))
            {
                string path = JsonValue.MemberPath(value.Path, property.Name);
                string problem = "unknown property " + PrintableText.Quote(JsonPath.Shown(property.Name)) + "." + NearestName.Hint(JsonPath.Shown(property.Name), known);
                throw new JsonTextException(source, property.Line, property.Column, path, problem);
            }
        }
    }

    public JsonValue Value => _value;

    /// <summary>The file, for errors.</summary>
    public string Source => _source;

    /// <summary>The error at a value.</summary>
    public JsonTextException Fault(JsonValue at, string problem) => new(_source, at.Line, at.Column, at.Path, problem);

    /// <summary>The error at a member that is there, else at the object.</summary>
    public JsonTextException Fault(string name, string problem) =>
        _value.Find(name) is { } member ? Fault(member, problem) : Missing(name, problem);

    public bool Has(string name) => _value.Find(name) is not null;

    /// <summary>A member of that kind; null where it is left out.</summary>
    public JsonValue? Optional(string name, JsonKind kind)
    {
        JsonValue? member = _value.Find(name);
        return member is null || member.Kind == kind ? member : throw Fault(member, "expected " + Article(kind) + ", found " + member.Describe() + ".");
    }

    /// <summary>A member of that kind that has to be there.</summary>
    public JsonValue Required(string name, JsonKind kind) =>
        Optional(name, kind) ?? throw Missing(name, "the property is missing; expected " + Article(kind) + ".");

    /// <summary>A string that is not empty; null where it is left out.</summary>
    public string? OptionalText(string name)
    {
        JsonValue? member = Optional(name, JsonKind.String);
        return member is null ? null : NotEmpty(member);
    }

    /// <summary>A string that is there and not empty.</summary>
    public string RequiredText(string name) => NotEmpty(Required(name, JsonKind.String));

    public bool OptionalBool(string name, bool otherwise) =>
        Optional(name, JsonKind.Bool) is { } member ? member.Text == "true" : otherwise;

    /// <summary>A whole number from 0 to 65535; null where it is left out.</summary>
    public ushort? OptionalUInt16(string name)
    {
        JsonValue? member = Optional(name, JsonKind.Number);
        if (member is null) return null;

        return ushort.TryParse(member.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort number)
            ? number
            : throw Fault(member, "expected a whole number from 0 to 65535, found " + member.Describe() + ".");
    }

    /// <summary>The values of an array; none where it is left out.</summary>
    public IReadOnlyList<JsonValue> OptionalItems(string name) =>
        Optional(name, JsonKind.Array)?.Items ?? Array.Empty<JsonValue>();

    /// <summary>An array of strings, none empty and none twice; empty where it is left out.</summary>
    public string[] OptionalTexts(string name)
    {
        var texts = new List<string>();
        foreach (JsonValue item in OptionalItems(name))
        {
            if (item.Kind != JsonKind.String) throw Fault(item, "expected a string, found " + item.Describe() + ".");

            string text = NotEmpty(item);
            if (texts.Contains(text, StringComparer.OrdinalIgnoreCase))
                throw Fault(item, PrintableText.Quote(text) + " is listed twice.");

            texts.Add(text);
        }

        return texts.ToArray();
    }

    /// <summary>One of a few words; the default where it is left out, or an error where there is none.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices, T? otherwise = null)
        where T : struct
    {
        JsonValue? member = otherwise is null ? Required(name, JsonKind.String) : Optional(name, JsonKind.String);
        if (member is null) return otherwise!.Value;

        return choices.TryGetValue(member.Text, out T choice)
            ? choice
            : throw Fault(member, "expected one of " + string.Join(", ", choices.Keys) + "; found " + PrintableText.Quote(member.Text) + "." + Suggestion(member.Text, choices.Keys));
    }

    private static string Suggestion(string given, IEnumerable<string> known) =>
        NearestName.Find(given, known.ToArray()) is { } nearest ? " Did you mean " + PrintableText.Quote(nearest) + "?" : string.Empty;

    internal static string Article(JsonKind kind) => kind switch
    {
        JsonKind.Array => "an array",
        JsonKind.Object => "an object",
        JsonKind.Bool => "true or false",
        JsonKind.Number => "a number",
        JsonKind.Null => "null",
        _ => "a string",
    };

    private string NotEmpty(JsonValue member)
    {
        if (member.Text.Trim().Length == 0) throw Fault(member, "expected a text, found an empty string.");

        // What a profile says is shown on terminals: nothing but printable ASCII is taken.
        foreach (char c in member.Text)
        {
            if (c < 0x20 || c > 0x7E)
                throw Fault(member, "the character " + PrintableText.Quote(c.ToString()) + " is not allowed; texts are printable ASCII.");
        }

        return member.Text;
    }

    private JsonTextException Missing(string name, string problem) =>
        new(_source, _value.Line, _value.Column, JsonValue.MemberPath(_value.Path, name), problem);
}

/// <summary>The kinds of JSON value (RFC 8259 section 3).</summary>
internal enum JsonKind
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// <summary>One member of a JSON object (RFC 8259 section 4) with the place of its name.</summary>
/// <param name="Line">Line of the name, from 1.</param>
/// <param name="Column">Column of the name's opening quote, from 1.</param>
internal sealed record JsonProperty(string Name, int Line, int Column, JsonValue Value);
