using MailDns.SenderId;
using MailDns.Spf;

namespace MailDns;

/// <summary>Reads Sender ID records (RFC 4406 section 3.1): "spf2.0" "/" scopes, then the terms of SPF.</summary>
public static class SenderIdParser
{
    private const string Version = "spf2.0";
    private const string VersionRule = "RFC 4406 section 3.1, version";
    private const string ScopeRule = "RFC 4406 section 3.1, scope";

    /// <summary>The record, when every part of it follows the grammar.</summary>
    /// <exception cref="RecordParseException">The text is no Sender ID record; says at which character.</exception>
    public static SenderIdRecord Parse(string text)
    {
        SenderIdReading reading = Read(text ?? string.Empty);
        return reading.IsValid ? reading.Record : throw reading.Faults[0];
    }

    /// <summary>Reads on after a fault.</summary>
    internal static SenderIdReading Read(string text)
    {
        var faults = new List<RecordParseException>();
        int end = text.IndexOf(' ');
        end = end < 0 ? text.Length : end;
        string[] scopes = ReadVersion(text, end, faults);
        SpfReading terms = SpfParser.ReadTerms(text, end, stopAtFault: false, faults: null);
        faults.AddRange(terms.Faults.Select(fault => fault.ToException(text)));
        return new SenderIdReading(new SenderIdRecord(terms.Record, scopes), faults);
    }

    /// <summary>True for a text that is, or was meant to be, a Sender ID record: "spf2", or "v=spf2" as some write.</summary>
    internal static bool LooksLikeSenderId(string text) =>
        text.StartsWith("spf2", StringComparison.OrdinalIgnoreCase) || text.StartsWith("v=spf2", StringComparison.OrdinalIgnoreCase);

    private static string[] ReadVersion(string text, int end, List<RecordParseException> faults)
    {
        if (!text.StartsWith(Version, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(new RecordParseException("The record does not begin with \"spf2.0/\" and a scope.", text, 0, end, VersionRule));
            return Array.Empty<string>();
        }

        if (end == Version.Length || text[Version.Length] != '/')
        {
            faults.Add(new RecordParseException("The scope is missing after \"spf2.0\": \"/pra\", \"/mfrom\" or both.", text, Version.Length, end - Version.Length, ScopeRule));
            return Array.Empty<string>();
        }

        return ReadScopes(text, Version.Length + 1, end, faults);
    }

    private static string[] ReadScopes(string text, int start, int end, List<RecordParseException> faults)
    {
        var scopes = new List<string>();
        while (start <= end)
        {
            int comma = text.IndexOf(',', start, end - start);
            int scopeEnd = comma < 0 ? end : comma;
            string scope = text.Substring(start, scopeEnd - start).ToLowerInvariant();
            if (!IsName(scope))
                faults.Add(new RecordParseException("A scope is \"pra\", \"mfrom\" or another name.", text, start, scopeEnd - start, ScopeRule));
            else
                scopes.Add(scope);

            start = scopeEnd + 1;
        }

        return scopes.ToArray();
    }

    // name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ), as in RFC 7208.
    private static bool IsName(string scope)
    {
        if (scope.Length == 0 || scope[0] < 'a' || scope[0] > 'z') return false;

        return scope.All(c => (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c is '-' or '_' or '.');
    }
}
