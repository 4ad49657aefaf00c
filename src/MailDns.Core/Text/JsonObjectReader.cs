namespace MailDns.Text;

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
