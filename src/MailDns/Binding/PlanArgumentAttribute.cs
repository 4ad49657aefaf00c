using System.Collections;

namespace MailDns;

/// <summary>Takes items of plans and records, one or many, also those that came back from Export-Clixml, a job or a remote session.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlanArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var items = new List<object>();
        Add(items, inputData);
        return items.ToArray();
    }

    private static void Add(List<object> items, object? input)
    {
        object? data = input is PSObject wrapped ? wrapped.BaseObject : input;
        if (data is IEnumerable inner and not string)
        {
            foreach (object? item in inner)
            {
                Add(items, item);
            }

            return;
        }

        items.Add(Read(input));
    }

    private static object Read(object? item)
    {
        try
        {
            if (item is not null && RecordChangeReader.TryRead(item, out RecordChange? change))
            {
                return change!;
            }

            if (item is not null && new PropertyBag(item).ReadRecord() is { } record)
            {
                return record;
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidCastException)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }

        throw new ArgumentTransformationMetadataException(
            "A plan is made of items from Compare-SendingDomain, or of MailDns records; this is "
            + (item is null ? "null" : PSObject.AsPSObject(item).BaseObject.GetType().Name) + ".");
    }
}
