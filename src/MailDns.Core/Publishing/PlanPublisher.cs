namespace MailDns.Publishing;

/// <summary>
/// Carries out a plan: reads every set again, stops before anything is written when one is not what the plan was made from,
/// writes, and reads back. The first failure ends the writing.
/// </summary>
internal sealed class PlanPublisher(IRecordTarget target)
{
    private readonly Dictionary<RecordChange, RecordChangeResult> _results = new();

    /// <summary>Why nothing was written, where the zone has changed; null else.</summary>
    public string? Change { get; private set; }

    /// <summary>What failed, in order.</summary>
    public IReadOnlyList<(RecordChange Item, string Message)> Failures => _failures;

    private readonly List<(RecordChange Item, string Message)> _failures = new();
    private bool _hasWritten;

    /// <summary>The results, by item.</summary>
    public IReadOnlyDictionary<RecordChange, RecordChangeResult> Results => _results;

    /// <summary>Writes the sets, which were confirmed and have no obstacle.</summary>
    /// <param name="sets">The changes.</param>
    /// <param name="beforeWriting">Called with what will undo the changes, before the first is made.</param>
    public void Publish(IReadOnlyList<RecordSetChange> sets, Action<IReadOnlyList<RecordChange>> beforeWriting)
    {
        IReadOnlyList<RecordSetChange>? fitting = Check(sets);
        if (fitting is null || fitting.Count == 0) return;

        // What cannot be put into messages is known before anything is written.
        IReadOnlyList<RecordSetChange>[] parts;
        try
        {
            parts = fitting.GroupBy(set => set.Key.Zone).SelectMany(zone => target.Divide(zone.ToArray())).ToArray();
        }
        catch (InvalidOperationException exception)
        {
            Stop(fitting, fitting[0], exception.Message, "cannot be written with what else is planned at its name");
            return;
        }

        beforeWriting(fitting.SelectMany(set => set.Items.Select(item => set.Undo(item, set.Wanted))).ToArray());
        foreach (IReadOnlyList<RecordSetChange> batch in parts)
        {
            if (_failures.Count > 0)
            {
                Report(batch, RecordChangeStatus.Skipped, "Not tried, since an earlier change failed.");
                continue;
            }

            Write(batch);
        }
    }

    /// <summary>The sets that are still to be written; null where nothing may be.</summary>
    private IReadOnlyList<RecordSetChange>? Check(IReadOnlyList<RecordSetChange> sets)
    {
        var fitting = new List<RecordSetChange>();
        foreach (RecordSetChange set in sets)
        {
            RecordSetFit fit;
            try
            {
                fit = set.Meet(target.Read(set.Key), target.IsSame);
            }
            catch (Exception exception) when (IsFailure(exception))
            {
                Stop(sets, set, exception.Message, "could not be read");
                return null;
            }

            if (fit == RecordSetFit.Changed)
            {
                Change = DnsRecordTypes.Mnemonic(set.Key.Type) + " of " + set.Key.Owner + " is not any more what the plan was made from: then "
                    + Describe(set.Key.Records) + ", now " + Describe(set.Actual) + ". Nothing was written; compare again.";
                Report(sets, RecordChangeStatus.Skipped, Change);
                return null;
            }

            if (fit == RecordSetFit.Done)
            {
                Report(new[] { set }, RecordChangeStatus.Unchanged, "It is as planned already.");
                continue;
            }

            fitting.Add(set);
        }

        return fitting;
    }

    private void Stop(IReadOnlyList<RecordSetChange> sets, RecordSetChange failed, string message, string why)
    {
        Report(sets, RecordChangeStatus.Skipped, "Nothing was written, since " + failed.Key.Owner + " " + why + ".");
        Fail(new[] { failed }, message);
    }

    private void Write(IReadOnlyList<RecordSetChange> batch)
    {
        try
        {
            target.Write(batch[0].Key.Zone, batch);
        }
        catch (TargetException exception)
        {
            if (exception.IsChanged && _failures.Count == 0 && !_hasWritten) Change = exception.Message;

            ReadAfterFailure(batch, exception.Message);
            return;
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            ReadAfterFailure(batch, exception.Message);
            return;
        }

        _hasWritten = true;
        foreach (RecordSetChange set in batch)
            Verify(set);
    }

    // Whatever goes wrong at one record, the others have their results: all but the end of the pipeline.
    private static bool IsFailure(Exception exception) =>
        exception is InvalidOperationException or FormatException or ArgumentException or NotSupportedException or InvalidCastException
            or OverflowException or IndexOutOfRangeException or System.IO.IOException or TimeoutException or UnauthorizedAccessException;

    private void Verify(RecordSetChange set)
    {
        IReadOnlyList<ResourceRecord> after;
        try
        {
            after = target.Read(set.Key);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            Report(set, RecordChangeStatus.Applied, "Written, but not read back: " + exception.Message, set.Wanted);
            return;
        }

        IReadOnlyList<ResourceRecord> wanted = set.Wanted;
        bool isAsPlanned = after.Count == wanted.Count && wanted.All(record => after.Any(other => target.IsSame(record, other)));
        if (!isAsPlanned)
        {
            string message = "Written without an error, but read back there is " + Describe(after) + " instead of " + Describe(wanted) + ".";
            Report(set, RecordChangeStatus.Failed, message, after);
            _failures.Add((set.Items[0], message));
            return;
        }

        bool isWhole = wanted.All(record => after.Any(other => RecordEquality.IsSameData(record, other)));
        Report(set, isWhole ? RecordChangeStatus.Verified : RecordChangeStatus.Applied, isWhole ? "Written and read back." : "Written; of a text with several strings the first could be read back. Ask the server with -Server to see it whole.", wanted);
    }

    /// <summary>A change that failed may have been made in part: what is there now decides what undoes it.</summary>
    private void ReadAfterFailure(IReadOnlyList<RecordSetChange> batch, string message)
    {
        Fail(batch, message);
        foreach (RecordSetChange set in batch)
        {
            try
            {
                IReadOnlyList<ResourceRecord> after = target.Read(set.Key);
                if (!RecordEquality.IsSameSet(after, set.Actual))
                    Report(set, RecordChangeStatus.Failed, message + " Now there is " + Describe(after) + ".", after);
            }
            catch (Exception exception) when (IsFailure(exception))
            {
                Report(set, RecordChangeStatus.Failed, message + " The existing records could not be read.", set.Wanted);
            }
        }
    }

    private void Fail(IReadOnlyList<RecordSetChange> sets, string message)
    {
        Report(sets, RecordChangeStatus.Failed, message);
        _failures.Add((sets[0].Items[0], message));
    }

    private void Report(IEnumerable<RecordSetChange> sets, RecordChangeStatus status, string message)
    {
        foreach (RecordChange item in sets.SelectMany(set => set.Items))
            _results[item] = RecordChangeResult.Of(item, status, message);
    }

    private void Report(RecordSetChange set, RecordChangeStatus status, string message, IReadOnlyList<ResourceRecord> after)
    {
        foreach (RecordChange item in set.Items)
            _results[item] = new RecordChangeResult(item, status, message, new[] { set.Undo(item, after) });
    }

    private static string Describe(IReadOnlyList<ResourceRecord> records) => records.Count == 0 ? "nothing" : RecordChange.Describe(records.ToArray());
}
