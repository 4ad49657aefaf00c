using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace MailDns.Core.Tests.Formats;

/// <summary>
/// The part of HCL native syntax that resources of literals need: blocks, attributes, lists, objects, numbers, booleans,
/// references and quoted templates without interpolation. Anything else throws.
/// </summary>
internal sealed class HclReader
{
    private readonly string _text;
    private int _position;

    private HclReader(string text) => _text = text;

    /// <summary>Top-level blocks: their type and labels, and their body.</summary>
    public static List<(string[] Head, Dictionary<string, List<object>> Body)> Read(string text)
    {
        var reader = new HclReader(text);
        var blocks = new List<(string[], Dictionary<string, List<object>>)>();
        for (reader.SkipSpace(); reader._position < text.Length; reader.SkipSpace())
        {
            var head = new List<string> { reader.Identifier() };
            for (reader.SkipBlank(); reader.Peek() == '"'; reader.SkipBlank())
                head.Add(reader.Template());
            blocks.Add(([.. head], reader.Body()));
        }

        return blocks;
    }

    private Dictionary<string, List<object>> Body()
    {
        Expect('{');
        var body = new Dictionary<string, List<object>>(StringComparer.Ordinal);
        for (SkipSpace(); Peek() != '}'; SkipSpace())
        {
            string name = Identifier();
            SkipBlank();
            object value;
            if (Peek() == '=')
            {
                _position++;
                SkipBlank();
                value = Value();
                SkipBlank();
                if (Peek() != '\n')
                    throw Fault("an attribute ends with its line");
            }
            else
            {
                value = Body();
            }

            if (!body.TryGetValue(name, out List<object>? values))
                body[name] = values = [];
            values.Add(value);
        }

        _position++;
        return body;
    }

    private object Value() => Peek() switch
    {
        '"' => Template(),
        '[' => List(),
        '{' => Body(),
        >= '0' and <= '9' => Number(),
        _ => Reference(),
    };

    private List<object> List()
    {
        Expect('[');
        var list = new List<object>();
        for (SkipSpace(); Peek() != ']'; SkipSpace())
        {
            list.Add(Value());
            SkipSpace();
            if (Peek() == ',')
                _position++;
            else if (Peek() != ']')
                throw Fault("a comma is wanted");
        }

        _position++;
        return list;
    }

    private object Number()
    {
        int start = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        return long.Parse(_text[start.._position], CultureInfo.InvariantCulture);
    }

    private object Reference()
    {
        string first = Identifier();
        if (first == "string")
            return typeof(string);
        if (first is "true" or "false")
            return first == "true";
        if (first != "var" || Peek() != '.')
            throw Fault("only variables are referred to");
        _position++;
        return new HclReference(Identifier());
    }

    private string Identifier()
    {
        int start = _position;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '-')
            _position++;
        return _position > start && !char.IsAsciiDigit(_text[start]) ? _text[start.._position] : throw Fault("an identifier is wanted");
    }

    private string Template()
    {
        Expect('"');
        var text = new StringBuilder();
        while (Peek() != '"')
        {
            char c = _text[_position++];
            if (c is < ' ' or > '~')
                throw Fault("a raw control or non-ASCII character");
            if (c == '\\')
                text.Append(Escape());
            else if (c is '$' or '%' && Peek() == c && _position + 1 < _text.Length && _text[_position + 1] == '{')
                (_position, _) = (_position + 2, text.Append(c).Append('{'));
            else if (c is '$' or '%' && Peek() == '{')
                throw Fault("an interpolation");
            else
                text.Append(c);
        }

        _position++;
        return text.ToString();
    }

    private char Escape()
    {
        char c = _text[_position++];
        switch (c)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case '"' or '\\': return c;
            case 'u':
                _position += 4;
                return (char)int.Parse(_text.AsSpan(_position - 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: throw Fault("an unknown escape");
        }
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private void SkipBlank()
    {
        while (Peek() == ' ')
            _position++;
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\n')
            _position++;
    }

    private void Expect(char c)
    {
        SkipBlank();
        if (Peek() != c)
            throw Fault(c + " is wanted");
        _position++;
    }

    private FormatException Fault(string what) => new($"HCL at {_position}: {what}: {_text[Math.Max(0, _position - 40)..Math.Min(_text.Length, _position + 20)]}");
}

internal sealed record HclReference(string Name);
