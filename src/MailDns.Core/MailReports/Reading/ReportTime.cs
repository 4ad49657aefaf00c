namespace MailDns.MailReports;

/// <summary>The times of reports: always UTC.</summary>
internal static class ReportTime
{
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Seconds since 1970, also with a fraction; null for anything else, and for milliseconds.</summary>
    public static DateTime? FromSeconds(string text)
    {
        int dot = text.IndexOf('.');
        string whole = dot < 0 ? text : text.Substring(0, dot);
        if (whole.Length is 0 or > 11 || !IsDigits(whole) || (dot >= 0 && !IsDigits(text.Substring(dot + 1))))
            return null;

        return s_epoch.AddSeconds(long.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>RFC 3339, as TLS reports have it; without an offset it is UTC. Null for anything else.</summary>
    public static DateTime? FromText(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        && text.Length > 9 && text[4] == '-'
            ? time.UtcDateTime
            : null;

    /// <summary>Sets whether the period tells a day, and says why not.</summary>
    public static void Judge(MailReport report, DateTime now, ReportNotes notes)
    {
        string? fault = report.Begin is null || report.End is null ? "is missing or cannot be read"
            : report.Begin >= report.End ? "does not end after it begins"
            : report.End > now.AddDays(2) ? "lies in the future"
            : report.End - report.Begin > TimeSpan.FromHours(25) ? "is longer than 25 hours"
            : null;
        report.HasUsablePeriod = fault is null;
        if (fault is not null) notes.Warn("The period of the report " + fault + ": its messages count, but on no day.");
    }

    private static bool IsDigits(string text)
    {
        foreach (char c in text)
        {
            if (c is < '0' or > '9') return false;
        }

        return true;
    }
}
