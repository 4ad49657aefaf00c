using System;
using System.Globalization;

namespace MailDns.Dkim;

/// <summary>Reads the date that many selectors carry in their name: 2019, 201906, 20190615, 20150520134512pm, s2023.</summary>
internal static class SelectorDate
{
    private const int FirstYear = 2004;

    /// <summary>The first day that the name can mean; null where it holds no date or one to come.</summary>
    public static DateTime? Of(string selector, DateTime today)
    {
        int start = 0;
        while (start < selector.Length)
        {
            int end = start;
            while (end < selector.Length && selector[end] >= '0' && selector[end] <= '9')
            {
                end++;
            }

            if (end > start && Read(selector.Substring(start, end - start)) is { } date)
            {
                return date <= today ? date : null;
            }

            start = Math.Max(end, start + 1);
        }

        return null;
    }

    private static DateTime? Read(string digits)
    {
        string? format = digits.Length switch
        {
            4 => "yyyy",
            6 => "yyyyMM",
            8 => "yyyyMMdd",
            14 => "yyyyMMddHHmmss",
            _ => null,
        };
        bool isDate = format is not null
            & DateTime.TryParseExact(digits, format ?? "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date);
        return isDate && date.Year >= FirstYear && date.Year < 2100 ? date.Date : null;
    }
}
