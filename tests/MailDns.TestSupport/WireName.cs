using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace MailDns.TestSupport;

/// <summary>Domain names in wire form (RFC 1035 section 3.1): length-prefixed labels, closed by the root.</summary>
public static class WireName
{
    /// <summary>The octet the name takes on the wire at most (RFC 1035 section 2.3.4).</summary>
    public const int MaxLength = 255;

    public static byte[] Root => [0];

    /// <summary>Master file form to wire form; without a trailing dot the origin is appended (RFC 1035 section 5.1).</summary>
    public static byte[] Parse(string text, byte[]? origin = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        origin ??= Root;
        if (text is "@")
            return origin;
        if (text is ".")
            return Root;

        var wire = new List<byte>(text.Length + 2);
        var label = new List<byte>(63);
        bool absolute = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '.')
            {
                CloseLabel(text, wire, label);
                absolute = i == text.Length - 1;
                continue;
            }

            if (c is '\\')
                label.Add(ReadEscape(text, ref i));
            else if (c <= 0xFF)
                label.Add((byte)c);
            else
                throw new FormatException($"'{text}' contains a character above U+00FF.");
        }

        if (!absolute)
        {
            CloseLabel(text, wire, label);
            wire.AddRange(origin);
        }
        else
        {
            wire.Add(0);
        }

        if (wire.Count > MaxLength)
            throw new FormatException($"'{text}' is longer than {MaxLength} octets.");
        return [.. wire];
    }

    /// <summary>Wire form to master file form, with a trailing dot.</summary>
    public static string ToText(ReadOnlySpan<byte> wire)
    {
        if (wire.Length <= 1)
            return ".";
        var text = new StringBuilder(wire.Length);
        int i = 0;
        while (wire[i] != 0)
        {
            foreach (byte octet in wire.Slice(i + 1, wire[i]))
            {
                // Some servers read nothing but these without an escape.
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'*')
                    text.Append((char)octet);
                else if (octet is > 32 and < 127)
                    text.Append('\\').Append((char)octet);
                else
                    text.Append('\\').Append(octet.ToString("D3", CultureInfo.InvariantCulture));
            }

            text.Append('.');
            i += wire[i] + 1;
        }

        return text.ToString();
    }

    /// <summary>The same name with ASCII letters lowered: the form names are compared in (RFC 4343).</summary>
    public static byte[] Lower(ReadOnlySpan<byte> wire)
    {
        var lowered = new byte[wire.Length];
        Lower(wire, lowered);
        return lowered;
    }

    internal static void Lower(ReadOnlySpan<byte> wire, Span<byte> destination)
    {
        // A label length is at most 63, below 'A', so lowering octet by octet leaves lengths alone.
        for (int i = 0; i < wire.Length; i++)
            destination[i] = Lower(wire[i]);
    }

    internal static byte Lower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    internal static byte ReadEscape(string text, ref int i)
    {
        if (i + 1 >= text.Length)
            throw new FormatException($"'{text}' ends in a backslash.");
        if (!char.IsAsciiDigit(text[i + 1]))
            return text[++i] <= 0xFF ? (byte)text[i] : throw new FormatException($"'{text}' contains a character above U+00FF.");
        if (i + 3 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out byte octet))
            throw new FormatException($"'{text}' contains a bad \\DDD escape.");
        i += 3;
        return octet;
    }

    private static void CloseLabel(string text, List<byte> wire, List<byte> label)
    {
        if (label.Count is 0 or > 63)
            throw new FormatException($"'{text}' contains a label of {label.Count} octets.");
        wire.Add((byte)label.Count);
        wire.AddRange(label);
        label.Clear();
    }
}
