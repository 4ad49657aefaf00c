namespace MailDns.Text;

/// <summary>One member of a JSON object (RFC 8259 section 4) with the place of its name.</summary>
internal sealed class JsonProperty
{
    public JsonProperty(string name, int line, int column, JsonValue value)
    {
        Name = name;
        Line = line;
        Column = column;
        Value = value;
    }

    public string Name { get; }

    /// <summary>Line of the name, from 1.</summary>
    public int Line { get; }

    /// <summary>Column of the name's opening quote, from 1.</summary>
    public int Column { get; }

    public JsonValue Value { get; }
}
