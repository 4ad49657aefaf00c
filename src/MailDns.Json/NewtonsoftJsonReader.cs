using System.IO;
using MailDns.Text;
using Newtonsoft.Json;

namespace MailDns.Json;

/// <summary>Reads JSON with Newtonsoft.Json, held to RFC 8259: what the library forgives is refused here, with its place.</summary>
public sealed class NewtonsoftJsonReader : IJsonTextReader
{
    /// <summary>Longest text, in characters. A profile is a few kilobytes.</summary>
    internal const int MaxLength = 1024 * 1024;

    /// <summary>Deepest nesting of arrays and objects.</summary>
    internal const int MaxDepth = 32;

    JsonValue IJsonTextReader.Read(string text, string source, bool lastWins)
    {
        if (text.Length > MaxLength)
            throw new JsonTextException(source, 1, 1, string.Empty, "it is longer than " + MaxLength + " characters.");

        using var tree = new JsonTreeReader(text, source, lastWins);
        return tree.Read();
    }
}

/// <summary>
/// Builds the tree of one text. The library tells tokens and where each ends; where it begins follows from the text between
/// two tokens, which also shows what RFC 8259 forbids and the library forgives: comments, single quotes, bare names,
/// trailing commas, octal and hexadecimal numbers, NaN, raw control characters.
/// </summary>
internal sealed class JsonTreeReader : IDisposable
{
    private readonly string _text;
    private readonly string _source;
    private readonly TextPlaces _places;
    private readonly JsonTextReader _reader;
    private readonly bool _lastWins;
    private int _start;
    private int _end;
    private bool _comma;

    public JsonTreeReader(string text, string source, bool lastWins)
    {
        _lastWins = lastWins;
        _text = text;
        _source = source;
        _places = new TextPlaces(text);
        _reader = new JsonTextReader(new StringReader(text))
        {
            Culture = CultureInfo.InvariantCulture,
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Double,
            MaxDepth = NewtonsoftJsonReader.MaxDepth,
            SupportMultipleContent = false,
        };
    }

    public void Dispose() => ((IDisposable)_reader).Dispose();

    public JsonValue Read()
    {
        Next(null);
        JsonValue root = ReadValue(null);
        if (Advance(null)) throw Fault(null, _start, "nothing may follow the one value of a JSON text.");

        return root;
    }

    private JsonValue ReadValue(JsonPath? path) => _reader.TokenType switch
    {
        JsonToken.StartObject => ReadObject(path),
        JsonToken.StartArray => ReadArray(path),
        JsonToken.String => ReadString(path),
        JsonToken.Integer or JsonToken.Float => ReadNumber(path),
        JsonToken.Boolean => ReadWord(path, JsonKind.Bool),
        JsonToken.Null => ReadWord(path, JsonKind.Null),
        _ => throw Fault(path, _start, "expected a JSON value, found " + PrintableText.Quote(Raw()) + "."),
    };

    private JsonValue ReadObject(JsonPath? path)
    {
        (int line, int column) = _places.Place(_start);
        var properties = new List<JsonProperty>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        while (true)
        {
            Next(path);
            CheckSeparator(path, JsonToken.EndObject, properties.Count == 0);
            if (_reader.TokenType == JsonToken.EndObject) return JsonValue.CreateObject(path, line, column, properties);

            JsonProperty property = ReadProperty(path, names, properties);
            if (names.TryGetValue(property.Name, out int place))
            {
                properties[place] = property;
                continue;
            }

            names.Add(property.Name, properties.Count);
            properties.Add(property);
        }
    }

    private JsonProperty ReadProperty(JsonPath? path, Dictionary<string, int> names, List<JsonProperty> properties)
    {
        int start = _start;
        (int line, int column) = _places.Place(start);
        if (_reader.TokenType != JsonToken.PropertyName || _text[start] != '"')
            throw Fault(path, start, "expected a property name in double quotes (RFC 8259 section 4).");

        string name = (string)_reader.Value!;
        JsonPath memberPath = JsonPath.Member(path, name);
        CheckStringBody(memberPath, start, _text.LastIndexOf('"', Math.Max(_end - 1, start)));
        if (!_lastWins && names.TryGetValue(name, out int first))
        {
            throw Fault(memberPath, start, "the property " + PrintableText.Quote(JsonPath.Shown(name)) + " is given twice; the first is on line " + properties[first].Line + ".");
        }

        Next(memberPath);
        if (_comma) throw Fault(memberPath, _start, "a value is missing before the comma.");

        return new JsonProperty(name, line, column, ReadValue(memberPath));
    }

    private JsonValue ReadArray(JsonPath? path)
    {
        (int line, int column) = _places.Place(_start);
        var items = new List<JsonValue>();
        while (true)
        {
            JsonPath itemPath = JsonPath.Item(path, items.Count);
            Next(itemPath);
            CheckSeparator(itemPath, JsonToken.EndArray, items.Count == 0);
            if (_reader.TokenType == JsonToken.EndArray) return JsonValue.CreateArray(path, line, column, items);

            items.Add(ReadValue(itemPath));
        }
    }

    private JsonValue ReadString(JsonPath? path)
    {
        if (_text[_start] != '"') throw Fault(path, _start, "a string is in double quotes (RFC 8259 section 7).");

        CheckStringBody(path, _start, _end - 1);
        (int line, int column) = _places.Place(_start);
        return JsonValue.Scalar(JsonKind.String, path, line, column, (string)_reader.Value!);
    }

    private JsonValue ReadNumber(JsonPath? path)
    {
        string raw = Raw();
        if (!IsNumber(raw))
            throw Fault(path, _start, PrintableText.Quote(raw) + " is not JSON number (RFC 8259 section 6).");

        (int line, int column) = _places.Place(_start);
        return JsonValue.Scalar(JsonKind.Number, path, line, column, raw);
    }

    private JsonValue ReadWord(JsonPath? path, JsonKind kind)
    {
        (int line, int column) = _places.Place(_start);
        return JsonValue.Scalar(kind, path, line, column, Raw());
    }

    // A trailing comma is the library's kindness, not JSON's.
    private void CheckSeparator(JsonPath? path, JsonToken end, bool first)
    {
        if (_comma && (first || _reader.TokenType == end))
            throw Fault(path, _start, first ? "a value is missing before the comma." : "a comma is not allowed before the closing bracket.");
    }

    private void CheckStringBody(JsonPath? path, int open, int close)
    {
        for (int i = open + 1; i < close; i++)
        {
            if (_text[i] < ' ')
                throw Fault(path, i, "a control character in a string has to be escaped (RFC 8259 section 7).");

            if (_text[i] == '\\' && _text[++i] == '\'')
                throw Fault(path, i - 1, "\\' is not JSON escape (RFC 8259 section 7).");
        }
    }

    // number = [ minus ] int [ frac ] [ exp ]
    private static bool IsNumber(string text)
    {
        int i = 0;
        if (i < text.Length && text[i] == '-') i++;

        int intStart = i;
        int digits = Digits(text, ref i);
        if (digits == 0 || (digits > 1 && text[intStart] == '0')) return false;

        if (i < text.Length && text[i] == '.')
        {
            i++;
            if (Digits(text, ref i) == 0) return false;
        }

        if (i < text.Length && (text[i] == 'e' || text[i] == 'E'))
        {
            i++;
            if (i < text.Length && (text[i] == '+' || text[i] == '-')) i++;
            if (Digits(text, ref i) == 0) return false;
        }

        return i == text.Length;
    }

    private static int Digits(string text, ref int index)
    {
        int start = index;
        while (index < text.Length && text[index] >= '0' && text[index] <= '9')
            index++;

        return index - start;
    }

    private string Raw() => _text.Substring(_start, Math.Max(0, _end - _start));

    private void Next(JsonPath? path)
    {
        if (!Advance(path))
            throw Fault(path, _text.Length, _text.Trim().Length == 0 ? "it is empty." : "it ends in the middle of a value.");
    }

    private bool Advance(JsonPath? path)
    {
        bool read;
        try
        {
            read = _reader.Read();
        }
        catch (JsonReaderException exception)
        {
            throw Translate(exception);
        }

        SkipSeparators(path);
        _end = Math.Max(_places.Offset(_reader.LineNumber, _reader.LinePosition), _start);
        if (read && _reader.TokenType == JsonToken.Comment)
            throw Fault(path, _start, "JSON has no comments (RFC 8259).");

        return read;
    }

    private void SkipSeparators(JsonPath? path)
    {
        _start = _end;
        _comma = false;
        while (_start < _text.Length && (char.IsWhiteSpace(_text[_start]) || _text[_start] == ',' || _text[_start] == ':'))
        {
            char c = _text[_start];
            _comma |= c == ',';
            if (c != ',' && c != ':' && c != ' ' && c != '\t' && c != '\r' && c != '\n')
                throw Fault(path, _start, PrintableText.Quote(c.ToString()) + " is not white space of JSON (RFC 8259 section 2).");

            _start++;
        }
    }

    private JsonTextException Translate(JsonReaderException exception)
    {
        string message = exception.Message;
        int place = message.IndexOf(" Path '", StringComparison.Ordinal);
        string problem = "it is not JSON: " + PrintableText.Escape(place < 0 ? message : message.Substring(0, place));
        int offset = _places.Offset(exception.LineNumber, exception.LinePosition);
        return Fault(null, offset, problem, JsonPath.Shown(exception.Path ?? string.Empty));
    }

    private JsonTextException Fault(JsonPath? path, int offset, string problem, string? way = null)
    {
        (int line, int column) = _places.Place(offset);
        return new JsonTextException(_source, line, column, way ?? path?.ToString() ?? string.Empty, problem);
    }
}

/// <summary>Turns lines and columns into offsets of a text and back. Lines end at CR, LF or CR LF.</summary>
internal sealed class TextPlaces
{
    private readonly List<int> _lineStarts = new() { 0 };
    private readonly int _length;

    public TextPlaces(string text)
    {
        _length = text.Length;
        for (int i = 0; i < text.Length; i++)
        {
            bool lineFeed = text[i] == '\n';
            bool loneReturn = text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n');
            if (lineFeed || loneReturn) _lineStarts.Add(i + 1);
        }
    }

    /// <summary>The offset of a line (from 1) and a number of characters into it.</summary>
    public int Offset(int line, int characters)
    {
        int start = _lineStarts[Math.Min(Math.Max(line, 1), _lineStarts.Count) - 1];
        return Math.Min(start + Math.Max(characters, 0), _length);
    }

    /// <summary>Line and column, both from 1, of an offset.</summary>
    public (int Line, int Column) Place(int offset)
    {
        int index = _lineStarts.BinarySearch(offset);
        int line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - _lineStarts[line] + 1);
    }
}
