using System.IO;
using System.Text;

namespace MailDns.Messages;

/// <summary>Brings a copy into a form that can be read: what cannot go back into memory, UTF-16 into UTF-8, an Outlook item into its header.</summary>
internal static class MessageSource
{
    private const int Look = 8;

    public static MessageOctets Open(Stream stream, CancellationToken cancellationToken)
    {
        if (!stream.CanSeek)
            stream = CopyToMemory(stream, cancellationToken);
        else if (stream.Length > MessageOctets.MaxOctets)
            return MessageOctets.Read(stream, cancellationToken);

        byte[] start = new byte[Look];
        long position = stream.Position;
        int count = 0;
        for (int read = -1; read != 0 && count < Look; count += read)
            read = stream.Read(start, count, Look - count);

        stream.Position = position;
        if (OutlookFile.IsOne(start)) return FromOutlook(stream, cancellationToken);

        if (count >= 2 && ((start[0] == 0xFF && start[1] == 0xFE) || (start[0] == 0xFE && start[1] == 0xFF)))
        {
            MessageOctets message = MessageOctets.Read(FromUtf16(stream, bigEndian: start[0] == 0xFE, cancellationToken), cancellationToken);
            message.Mark(CopyTraits.Utf16);
            return message;
        }

        return MessageOctets.Read(stream, cancellationToken);
    }

    // Windows PowerShell redirects into such files: a message that went through them has lost nothing but its form.
    private static MemoryStream FromUtf16(Stream stream, bool bigEndian, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode, detectEncodingFromByteOrderMarks: true, bufferSize: 8192, leaveOpen: true);
        var octets = new MemoryStream();
        var characters = new char[8192];
        var encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
        var buffer = new byte[characters.Length * 4];
        int count;
        while ((count = reader.Read(characters, 0, characters.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            octets.Write(buffer, 0, encoder.GetBytes(characters, 0, count, buffer, 0, flush: false));
        }

        octets.Position = 0;
        return octets;
    }

    private static MessageOctets FromOutlook(Stream stream, CancellationToken cancellationToken)
    {
        string header = OutlookFile.ReadHeader(stream, cancellationToken)
            ?? throw new MessageException(isTooLarge: false, "The file is an Outlook item (.msg) without the header of a received message. Save the message from the receiving mailbox as an .eml file, or copy its internet headers.");
        var octets = new MemoryStream(Encoding.UTF8.GetBytes(header.TrimEnd('\0') + "\r\n\r\n"));
        MessageOctets message = MessageOctets.Read(octets, cancellationToken);
        message.Mark(CopyTraits.OutlookItem);
        return message;
    }

    private static MemoryStream CopyToMemory(Stream stream, CancellationToken cancellationToken)
    {
        var octets = new MemoryStream();
        byte[] buffer = OctetPool.Rent();
        int count;
        while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            octets.Write(buffer, 0, count);
            if (octets.Length > MessageOctets.MaxOctets) break;
        }

        OctetPool.Return(buffer);
        octets.Position = 0;
        return octets;
    }
}

/// <summary>
/// The internet header of an Outlook item: the property PidTagTransportMessageHeaders (MS-OXPROPS 2.1004) in a compound file
/// (MS-CFB). Everything is bounded by the file's own size.
/// </summary>
internal sealed class OutlookFile
{
    private const int EndOfChain = -2;
    private const int DirectoryEntrySize = 128;
    private const int MaxDirectory = 64 * 1024 * DirectoryEntrySize;
    private static readonly byte[] s_magic = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };
    private readonly Stream _stream;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _header = new byte[512];
    private readonly int _sectorSize;
    private readonly int _miniSize;
    private readonly int[] _fat;

    private OutlookFile(Stream stream, CancellationToken cancellationToken)
    {
        _stream = stream;
        _cancellationToken = cancellationToken;
        stream.Position = 0;
        Fill(_header, _header.Length);
        int shift = BitConverter.ToUInt16(_header, 0x1E);
        int mini = BitConverter.ToUInt16(_header, 0x20);
        if (shift is not (9 or 12) || mini is < 4 or > 9) throw new InvalidDataException();

        _sectorSize = 1 << shift;
        _miniSize = 1 << mini;
        _fat = ReadFat();
    }

    private long SectorCount => (_stream.Length / _sectorSize) + 1;

    public static bool IsOne(byte[] start)
    {
        for (int i = 0; i < s_magic.Length; i++)
        {
            if (i >= start.Length || start[i] != s_magic[i]) return false;
        }

        return true;
    }

    /// <summary>The header's text; null where the file has none, or is damaged.</summary>
    public static string? ReadHeader(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return new OutlookFile(stream, cancellationToken).FindHeader();
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private string? FindHeader()
    {
        byte[] directory = ReadChain(BitConverter.ToInt32(_header, 0x30), MaxDirectory);
        int count = directory.Length / DirectoryEntrySize;
        var visited = new bool[count];
        var left = new System.Collections.Generic.Stack<int>();
        left.Push(BitConverter.ToInt32(directory, 76));
        string? ansi = null;
        while (left.Count > 0)
        {
            int entry = left.Pop();
            if (entry < 0 || entry >= count || visited[entry]) continue;

            visited[entry] = true;
            int place = entry * DirectoryEntrySize;
            left.Push(BitConverter.ToInt32(directory, place + 68));
            left.Push(BitConverter.ToInt32(directory, place + 72));
            int length = Math.Max(0, Math.Min(64, (int)BitConverter.ToUInt16(directory, place + 64)) - 2);
            string name = Encoding.Unicode.GetString(directory, place, length);
            if (name.Equals("__substg1.0_007D001F", StringComparison.OrdinalIgnoreCase))
                return Encoding.Unicode.GetString(ReadStream(directory, place));

            if (name.Equals("__substg1.0_007D001E", StringComparison.OrdinalIgnoreCase))
                ansi = Encoding.GetEncoding(28591).GetString(ReadStream(directory, place));
        }

        return ansi;
    }

    private byte[] ReadStream(byte[] directory, int place)
    {
        int start = BitConverter.ToInt32(directory, place + 116);
        int size = checked((int)BitConverter.ToUInt32(directory, place + 120));
        if (size > MessageOctets.MaxHeaderOctets * 2)
            throw new MessageException(isTooLarge: true, "The header in the Outlook item is larger than any mail server takes, and is not read.");

        byte[] all;
        if (size >= BitConverter.ToInt32(_header, 0x38))
        {
            all = ReadChain(start, size);
        }
        else
        {
            // Small streams lie in sectors of their own within the stream of the root entry.
            byte[] small = ReadChain(BitConverter.ToInt32(directory, 116), int.MaxValue);
            byte[] table = ReadChain(BitConverter.ToInt32(_header, 0x3C), int.MaxValue);
            all = new byte[((size / _miniSize) + 1) * _miniSize];
            int sector = start;
            for (int filled = 0; sector >= 0 && filled < size; filled += _miniSize)
            {
                Buffer.BlockCopy(small, checked(sector * _miniSize), all, filled, _miniSize);
                sector = BitConverter.ToInt32(table, checked(sector * 4));
            }
        }

        Array.Resize(ref all, size);
        return all;
    }

    private int[] ReadFat()
    {
        var sectors = new System.Collections.Generic.List<int>();
        for (int i = 0; i < 109; i++)
            sectors.Add(BitConverter.ToInt32(_header, 0x4C + (i * 4)));

        var block = new byte[_sectorSize];
        int next = BitConverter.ToInt32(_header, 0x44);
        for (long guard = SectorCount; next >= 0 && guard > 0; guard--)
        {
            ReadSector(next, block);
            for (int i = 0; i < _sectorSize - 4; i += 4)
                sectors.Add(BitConverter.ToInt32(block, i));

            next = BitConverter.ToInt32(block, _sectorSize - 4);
        }

        sectors.RemoveAll(sector => sector < 0);
        if (sectors.Count > SectorCount) throw new InvalidDataException();

        var fat = new int[sectors.Count * (_sectorSize / 4)];
        for (int i = 0; i < sectors.Count; i++)
        {
            ReadSector(sectors[i], block);
            Buffer.BlockCopy(block, 0, fat, i * _sectorSize, _sectorSize);
        }

        return fat;
    }

    private byte[] ReadChain(int sector, int most)
    {
        var octets = new MemoryStream();
        var block = new byte[_sectorSize];
        for (long guard = SectorCount; sector >= 0 && sector != EndOfChain && octets.Length < most; guard--)
        {
            if (guard == 0) throw new InvalidDataException();

            ReadSector(sector, block);
            octets.Write(block, 0, block.Length);
            sector = _fat[sector];
        }

        return octets.ToArray();
    }

    private void ReadSector(int sector, byte[] block)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        long place = (sector + 1L) * _sectorSize;
        if (place >= _stream.Length) throw new InvalidDataException();

        _stream.Position = place;
        Fill(block, block.Length);
    }

    // The last sector may be cut short.
    private void Fill(byte[] octets, int count)
    {
        int filled = 0;
        for (int read = -1; read != 0 && filled < count; filled += read)
            read = _stream.Read(octets, filled, count - filled);

        Array.Clear(octets, filled, count - filled);
    }
}
