namespace MailDns;

/// <summary>
/// Reads a bare number as seconds, as every DNS tool does. PowerShell alone would take 3600 for ticks, a third of a
/// millisecond, and publish a time to live of 0.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeToLiveArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return data switch
        {
            byte or sbyte or short or ushort or int or uint or long => FromSeconds(Convert.ToInt64(data, CultureInfo.InvariantCulture)),
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) => FromSeconds(seconds),
            _ => inputData,
        };
    }

    private static object FromSeconds(long seconds) =>
        seconds is >= 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentTransformationMetadataException("A time to live is 0 to 2147483647 seconds (RFC 2181 section 8).");
}
