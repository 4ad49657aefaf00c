using System;

namespace MailDns.TestSupport;

/// <summary>One record with its data in uncompressed wire form.</summary>
public sealed class TestRecord
{
    public TestRecord(byte[] owner, int type, uint timeToLive, byte[] data)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, ushort.MaxValue);
        Owner = owner;
        Type = checked((ushort)type);
        TimeToLive = timeToLive;
        Data = data;
    }

    public byte[] Owner { get; }

    public int Type { get; }

    public uint TimeToLive { get; }

    public byte[] Data { get; }

    public override string ToString() => ZoneText.Format(this);
}
