using System.Collections.Generic;
using System.Linq;

namespace MailDns.Dkim;

/// <summary>Recognises one key that was published as several TXT records, as some control panels do with a long value.</summary>
internal static class DkimSplitKey
{
    // Four parts hold an RSA key of 4096 bits; more would only try orders.
    private const int MostParts = 4;

    /// <summary>The parts joined in the order that gives a whole key; null where no order does.</summary>
    public static string? TryJoin(IReadOnlyList<string> texts)
    {
        if (texts.Count is < 2 or > MostParts)
        {
            return null;
        }

        return Orders(texts.ToArray(), 0).FirstOrDefault(IsWholeKey);
    }

    private static bool IsWholeKey(string text)
    {
        DkimKeyReading reading = DkimKeyParser.Read(text);
        return reading.Faults.All(fault => fault.Check.Severity != CheckSeverity.Error)
            && reading.Record.Key is { IsRsa: true };
    }

    private static IEnumerable<string> Orders(string[] parts, int fixedCount)
    {
        if (fixedCount == parts.Length)
        {
            yield return string.Concat(parts);
            yield break;
        }

        for (int i = fixedCount; i < parts.Length; i++)
        {
            string[] next = (string[])parts.Clone();
            (next[fixedCount], next[i]) = (next[i], next[fixedCount]);
            foreach (string joined in Orders(next, fixedCount + 1))
            {
                yield return joined;
            }
        }
    }
}
