using System.Text;

namespace MailDns.Core.Tests.Messages;

/// <summary>Makes the least compound file (MS-CFB) that holds the header of a message as Outlook keeps it.</summary>
internal static class CompoundFile
{
    private const int Sector = 512;

    public static byte[] WithHeader(string header)
    {
        byte[] text = Encoding.Unicode.GetBytes(header);
        bool small = text.Length < 4096;
        int textSectors = (text.Length + Sector - 1) / Sector;
        int miniFatSectors = small ? 1 : 0;

        // Sectors: 0 FAT, 1 directory, 2 mini FAT where there is one, then the text.
        int first = 2 + miniFatSectors;
        var file = new byte[Sector * (1 + first + textSectors)];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        Put(file, 0x1E, 9 | (6 << 16));
        Put(file, 0x2C, 1);
        Put(file, 0x30, 1);
        Put(file, 0x38, 4096);
        Put(file, 0x3C, small ? 2 : -2);
        Put(file, 0x40, miniFatSectors);
        Put(file, 0x44, -2);
        for (int i = 0; i < 109; i++)
            Put(file, 0x4C + (4 * i), i == 0 ? 0 : -1);

        for (int i = 0; i < Sector / 4; i++)
        {
            int next = i == 0 ? -3 : i < first ? -2 : i < first + textSectors - 1 ? i + 1 : i == first + textSectors - 1 ? -2 : -1;
            Put(file, Sector + (4 * i), next);
        }

        Entry(file, Sector * 2, "Root Entry", child: 1, small ? first : -2, small ? textSectors * Sector : 0);
        Entry(file, (Sector * 2) + 128, "__substg1.0_007D001F", child: -1, small ? 0 : first, text.Length);
        if (small)
        {
            int minis = (text.Length + 63) / 64;
            for (int i = 0; i < Sector / 4; i++)
                Put(file, (Sector * 3) + (4 * i), i < minis - 1 ? i + 1 : i == minis - 1 ? -2 : -1);
        }

        text.CopyTo(file, Sector * (1 + first));
        return file;
    }

    private static void Entry(byte[] file, int place, string name, int child, int start, int size)
    {
        byte[] text = Encoding.Unicode.GetBytes(name + "\0");
        text.CopyTo(file, place);
        file[place + 64] = (byte)text.Length;
        file[place + 66] = (byte)(child > 0 ? 5 : 2);
        Put(file, place + 68, -1);
        Put(file, place + 72, -1);
        Put(file, place + 76, child);
        Put(file, place + 116, start);
        Put(file, place + 120, size);
    }

    private static void Put(byte[] file, int place, int value) => BitConverter.TryWriteBytes(file.AsSpan(place), value);
}
