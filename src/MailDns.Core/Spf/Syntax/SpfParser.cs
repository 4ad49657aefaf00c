using MailDns.Spf;

namespace MailDns;

/// <summary>Reads SPF records by the grammar of RFC 7208 section 12.</summary>
public static class SpfParser
{
    private const string VersionRule = "RFC 7208 section 4.5, version";

    /// <summary>The record, when every part of it follows the grammar; any fault anywhere makes the record unusable (RFC 7208 section 4.6).</summary>
    /// <exception cref="RecordParseException">The text is no SPF record; says at which character.</exception>
    public static SpfRecord Parse(string text) =>
        TryParse(text, out SpfRecord? record, out RecordParseException? error) ? record! : throw error!;

    /// <summary><see cref="Parse"/> without the exception; <paramref name="error"/> is the first fault of the text.</summary>
    public static bool TryParse(string text, out SpfRecord? record, out RecordParseException? error)
    {
        SpfReading reading = Read(text ?? string.Empty, stopAtFault: true);
        record = reading.IsValid ? reading.Record : null;
        error = reading.IsValid ? null : reading.Faults[0].ToException(reading.Record.Text);
        return reading.IsValid;
    }

    /// <summary>Reads on after a fault, so that a person sees all of them at once.</summary>
    internal static SpfReading Read(string text) => Read(text, stopAtFault: false);

    /// <summary>A single term, such as a new one for a record.</summary>
    /// <exception cref="RecordParseException">The text is no term.</exception>
    internal static SpfTerm ParseTerm(string text)
    {
        int space = text.IndexOf(' ');
        if (space >= 0)
            throw new RecordParseException("A term contains no space.", text, space, 1, "RFC 7208 section 4.6.1, terms");

        var reader = new SpfTermReader(text, 0, text.Length);
        return reader.Read() ?? throw reader.Fault!.ToException(text);
    }

    /// <summary>
    /// True for a text that counts as an SPF record: it begins with exactly "v=spf1", and a space or the end follows
    /// (RFC 7208 section 4.5).
    /// </summary>
    internal static bool IsSpfRecord(string text)
    {
        int length = SpfRecord.Version.Length;
        return CommonPrefix(text) == length && (text.Length == length || text[length] == ' ');
    }

    private static SpfReading Read(string text, bool stopAtFault)
    {
        List<TextFault>? faults = null;
        int position = SpfRecord.Version.Length;
        if (!IsSpfRecord(text))
        {
            faults = new List<TextFault> { VersionFault(text, out int end) };
            position = stopAtFault ? text.Length : end;
        }

        return ReadTerms(text, position, stopAtFault, faults);
    }

    /// <summary>Reads terms from a place of the text on; Sender ID has the same after another version (RFC 4406 section 3.1).</summary>
    internal static SpfReading ReadTerms(string text, int position, bool stopAtFault, List<TextFault>? faults)
    {
        var terms = new SpfTerm[CountTerms(text, position)];
        int count = 0;
        SpfModifier? redirect = null;
        SpfModifier? explanation = null;
        while (NextTerm(text, ref position, out int start))
        {
            var reader = new SpfTermReader(text, start, position);
            SpfTerm? term = reader.Read();
            TextFault? fault = reader.Fault;
            if (term is SpfModifier modifier) fault = Keep(modifier, ref redirect, ref explanation, text);

            if (fault is null)
            {
                terms[count++] = term!;
                continue;
            }

            (faults ??= new List<TextFault>()).Add(fault);
            if (stopAtFault) break;
        }

        if (count != terms.Length) Array.Resize(ref terms, count);

        return new SpfReading(new SpfRecord(text, terms, redirect, explanation), faults);
    }

    // Section 6: redirect and exp at most once each.
    private static TextFault? Keep(SpfModifier modifier, ref SpfModifier? redirect, ref SpfModifier? explanation, string text)
    {
        SpfModifier? earlier = null;
        if (modifier.Kind == SpfModifierKind.Redirect)
        {
            earlier = redirect;
            redirect ??= modifier;
        }
        else if (modifier.Kind == SpfModifierKind.Exp)
        {
            earlier = explanation;
            explanation ??= modifier;
        }

        if (earlier is null) return null;

        string message = modifier.Name + "= is given a second time at character " + (modifier.Offset + 1) + "; it may occur once.";
        return new TextFault(SpfChecks.DuplicateModifier, message, modifier.Offset, modifier.Length, "RFC 7208 section 6") { Part = modifier.Text };
    }

    private static int CountTerms(string text, int position)
    {
        int count = 0;
        while (NextTerm(text, ref position, out _))
            count++;

        return count;
    }

    private static bool NextTerm(string text, ref int position, out int start)
    {
        while (position < text.Length && text[position] == ' ')
            position++;

        start = position;
        if (start == text.Length) return false;

        int end = text.IndexOf(' ', start);
        position = end < 0 ? text.Length : end;
        return true;
    }

    private static TextFault VersionFault(string text, out int end)
    {
        int start = 0;
        while (start < text.Length && text[start] <= ' ')
            start++;

        end = text.IndexOf(' ', start);
        end = end < 0 ? text.Length : end;
        bool spaceBefore = start > 0 && IsSpfRecord(text.Substring(start));
        string message = spaceBefore
            ? "There is white space before \"v=spf1\", which has to come first."
            : "The record does not begin with \"v=spf1\" and a space, but with " + PrintableText.Quote(text.Substring(0, end)) + ".";
        int offset = spaceBefore ? 0 : CommonPrefix(text);
        return new TextFault(SpfChecks.Version, message, offset, (spaceBefore ? start : end) - Math.Min(offset, end), VersionRule) { Part = text.Substring(start, end - start) };
    }

    private static int CommonPrefix(string text)
    {
        int length = 0;
        while (length < text.Length
            && length < SpfRecord.Version.Length
            && (text[length] == SpfRecord.Version[length] || (text[length] | 0x20) == SpfRecord.Version[length]))
        {
            length++;
        }

        return length;
    }
}
