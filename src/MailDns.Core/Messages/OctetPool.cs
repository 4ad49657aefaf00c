using System.Collections.Concurrent;

namespace MailDns.Messages;

/// <summary>Buffers of 64 KB that are used again, so that a message costs its header and little more.</summary>
internal static class OctetPool
{
    public const int Size = 64 * 1024;

    private const int MaxKept = 32;

    private static readonly ConcurrentBag<byte[]> s_kept = new();

    public static byte[] Rent() => s_kept.TryTake(out byte[]? buffer) ? buffer : new byte[Size];

    public static void Return(byte[] buffer)
    {
        if (buffer.Length == Size && s_kept.Count < MaxKept) s_kept.Add(buffer);
    }
}
