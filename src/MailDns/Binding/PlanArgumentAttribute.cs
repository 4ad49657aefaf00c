using System.Collections;
using MailDns.Publishing;

namespace MailDns;

/// <summary>Takes items of plans and records, one or many, also those that came back from Export-Clixml, a job or a remote session.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlanArgumentAttribute : ArgumentTransformationAttribute
{
    // A plan comes as a list of lists at most; one that holds itself never ends.
    private const int MostLists = 8;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var items = new List<object>();
        Add(items, inputData, lists: 0);
        return items.ToArray();
    }

    private static void Add(List<object> items, object? input, int lists)
    {
        object? data = input is PSObject wrapped ? wrapped.BaseObject : input;
        if ((data is string ? null : data as IEnumerable) is not { } inner)
        {
            items.Add(Read(input));
        }
        else if (lists == MostLists)
        {
            items.Add(new BrokenPlanItem("The plan has lists within lists, more than " + MostLists + " deep, or a list that contains itself."));
        }
        else
        {
            foreach (object? item in inner)
            {
                Add(items, item, lists + 1);
                if (items.Count > 0 && items[items.Count - 1] is BrokenPlanItem) return;
            }
        }
    }

    // A broken item is no error of its own: with the others it would be carried out without it.
    private static object Read(object? item)
    {
        try
        {
            if (item is not null && RecordChangeReader.TryRead(item, out RecordChange? change)) return change!;
            if (item is not null && new PropertyBag(item).ReadRecord() is { } record) return record;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidCastException)
        {
            return new BrokenPlanItem(exception.Message);
        }

        return new BrokenPlanItem(
            "A plan is made of items from Compare-SendingDomain, or of MailDns records; this is "
            + ArgumentKind.Of(item) + ".");
    }
}

/// <summary>An item of a plan that cannot be carried out, for this reason; nothing of the plan is then.</summary>
internal sealed class BrokenPlanItem(string reason)
{
    public string Reason { get; } = Text.PrintableText.Escape(reason);
}

/// <summary>Reads an item of a plan from the object itself or from its deserialized copy, such as an undo plan that was saved.</summary>
internal static class RecordChangeReader
{
    private const string DeserializedName = "Deserialized.MailDns.RecordChange";

    /// <summary>False for anything else.</summary>
    /// <exception cref="FormatException">It is a copy that is not whole.</exception>
    public static bool TryRead(object item, out RecordChange? change)
    {
        PSObject wrapped = PSObject.AsPSObject(item);
        change = wrapped.BaseObject as RecordChange;
        if (change is not null) return true;

        if (wrapped.TypeNames.Count == 0 || !string.Equals(wrapped.TypeNames[0], DeserializedName, StringComparison.Ordinal))
            return false;

        change = Rebuild(wrapped);
        return true;
    }

    private static RecordChange Rebuild(PSObject copy)
    {
        string zoneName = Text(copy, nameof(RecordChange.ZoneName));
        DomainName zone = DomainName.FromDns(zoneName);
        string named = Text(copy, nameof(RecordChange.Action));
        bool isWhole = Enum.TryParse(named, out RecordAction action) & Enum.GetNames(typeof(RecordAction)).Contains(named, StringComparer.Ordinal)
            & DnsRecordTypes.TryParse(Text(copy, nameof(RecordChange.RecordType)), out DnsRecordType type);
        if (!isWhole || zoneName.Length == 0 || Text(copy, nameof(RecordChange.Name)).Length == 0)
            throw new FormatException("The item of the plan is not whole: export plans with Export-Clixml, or with -UndoPath.");

        ResourceRecord[] before = Records(copy, nameof(RecordChange.Before));
        ResourceRecord[] after = Records(copy, nameof(RecordChange.After));
        var set = new RecordSetState(PropertyBag.Owner(Text(copy, nameof(RecordChange.Name)), zone), zone, type, Records(copy, nameof(RecordChange.Present)));
        Check(set, before.Concat(after).Concat(set.Records));
        Check(action, set, before, after);
        _ = Enum.TryParse(Text(copy, nameof(RecordChange.Purpose)), out RecordPurpose purpose);
        return new RecordChange(action, set, purpose, before, after, Text(copy, nameof(RecordChange.Reason)), Strings(copy, nameof(RecordChange.Warning)));
    }

    // What is confirmed is told by the action, and what is written by the records: they have to agree.
    private static void Check(RecordAction action, RecordSetState set, ResourceRecord[] before, ResourceRecord[] after)
    {
        bool fits = action switch
        {
            RecordAction.Add => before.Length == 0 && after.Length > 0,
            RecordAction.Remove => before.Length > 0 && after.Length == 0,
            RecordAction.Replace => before.Length > 0 && after.Length > 0,
            _ => true,
        };
        if (!fits)
        {
            throw new FormatException("The item of the plan for " + set.Owner + " says " + action + ", and the records in it do something else: the plan was edited or damaged. Compare again.");
        }

        if (action is RecordAction.Add or RecordAction.Remove or RecordAction.Replace && before.Any(record => !RecordEquality.Contains(set.Records, record)))
        {
            throw new FormatException("The item of the plan for " + set.Owner + " takes away a record that was not there when the plan was made: the plan was edited or damaged. Compare again.");
        }
    }

    // A file may have been edited: all records are of the one set, and within the zone.
    private static void Check(RecordSetState set, IEnumerable<ResourceRecord> records)
    {
        if (!set.Owner.IsSameOrBelow(set.Zone))
            throw new FormatException("The item of the plan for " + set.Owner + " is outside its zone " + set.Zone + ".");

        if (records.Any(record => !record.Owner.Equals(set.Owner) || record.DnsType != set.Type || !record.Zone.Equals(set.Zone)))
            throw new FormatException("The item of the plan for " + set.Owner + " has records of another name, type or zone.");
    }

    private static ResourceRecord[] Records(PSObject copy, string property) => Items(copy, property)
        .Select(item => item is not null && new PropertyBag(item).ReadRecord() is { } record
            ? record
            : throw new FormatException("The item of the plan has a record that was not copied whole: export plans with Export-Clixml -Depth 4 or more, or with -UndoPath."))
        .ToArray();

    private static string[] Strings(PSObject copy, string property) => Items(copy, property).Select(item => item?.ToString() ?? string.Empty).ToArray();

    private static IEnumerable<object?> Items(PSObject copy, string property)
    {
        object? value = copy.Properties[property]?.Value;
        value = value is PSObject { BaseObject: IEnumerable inner } ? inner : value;
        return value is IEnumerable items and not string ? items.Cast<object?>() : value is null ? Enumerable.Empty<object?>() : new[] { value };
    }

    private static string Text(PSObject copy, string property) => copy.Properties[property]?.Value?.ToString() ?? string.Empty;
}
