using System.Collections;

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
            items.Add(new BrokenPlanItem("The plan has lists within lists, more than " + MostLists + " deep, or a list that holds itself."));
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
            + (item is null ? "null" : PSObject.AsPSObject(item).BaseObject.GetType().Name) + ".");
    }
}

/// <summary>An item of a plan that cannot be carried out, for this reason; nothing of the plan is then.</summary>
internal sealed class BrokenPlanItem(string reason)
{
    public string Reason { get; } = Text.PrintableText.Escape(reason);
}
