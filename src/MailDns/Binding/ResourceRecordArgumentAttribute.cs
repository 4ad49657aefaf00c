using System.Collections;

namespace MailDns;

/// <summary>Takes MailDns records, also those that came back from Export-Clixml, a job or a remote session, and those of Microsoft Graph.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourceRecordArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (data is IEnumerable items and not string and not PSObject && data is not ResourceRecord)
        {
            var records = new List<ResourceRecord>();
            foreach (object? item in items)
                records.Add(Read(item));

            return records.ToArray();
        }

        return new[] { Read(inputData) };
    }

    private static ResourceRecord Read(object? item)
    {
        try
        {
            return (item is null ? null : new PropertyBag(item).ReadRecord() ?? GraphRecord.Read(PSObject.AsPSObject(item)))
                ?? throw new ArgumentTransformationMetadataException(
                    "A MailDns record object is required (New-*Record, or one that was exported and imported again); this is "
                    + (item is null ? "null" : PSObject.AsPSObject(item).BaseObject.GetType().Name) + ".");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidCastException)
        {
            throw new ArgumentTransformationMetadataException("The record cannot be read: " + exception.Message, exception);
        }
    }
}
