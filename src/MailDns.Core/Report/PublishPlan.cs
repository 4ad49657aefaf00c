using System;
using System.Collections.Generic;
using System.Linq;

namespace MailDns.Report;

/// <summary>
/// What to publish, from records that were given and from those that findings carry. Two findings may each carry a whole
/// record of their own for one name: publishing both would break it (RFC 7208 section 4.5), so they are marked as a choice.
/// </summary>
internal static class PublishPlan
{
    /// <summary>The records without repetition. A given record wins over a finding's at the same place.</summary>
    public static IReadOnlyList<ReportRecord> Make(IEnumerable<ReportRecord> given, IEnumerable<ReportCheck> checks)
    {
        ReportRecord[] plan = Distinct(given);
        var places = new HashSet<string>(plan.Where(record => record.IsSingle).Select(record => record.PlaceKey), StringComparer.Ordinal);
        IEnumerable<ReportRecord> fixes = checks.Where(check => check.IsFinding).SelectMany(check => check.Records);
        return Distinct(plan.Concat(fixes.Where(record => !places.Contains(record.PlaceKey))))
            .GroupBy(record => record.PlaceKey, StringComparer.Ordinal)
            .SelectMany(place => place.First().IsSingle && place.Skip(1).Any() ? place.Select(record => record.AsChoice()) : place)
            .ToArray();
    }

    private static ReportRecord[] Distinct(IEnumerable<ReportRecord> records)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return records.Where(record => seen.Add(record.Key)).ToArray();
    }
}
