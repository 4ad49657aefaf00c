using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace MailDns.Integration.Tests.Bimi;

/// <summary>The pixels of a PNG with eight bits a channel, without interlacing (PNG section 9).</summary>
internal static class PngPixels
{
    public static byte[] Read(byte[] png)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        int height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        Assert.Equal((8, 0), (png[24], png[28]));
        int size = png[25] switch { 6 => 4, 2 => 3, _ => throw new InvalidDataException("colour type " + png[25]) };
        return Unfilter(Unpack(png), width * size, height, size);
    }

    private static byte[] Unpack(byte[] png)
    {
        var packed = new MemoryStream();
        for (int at = 8; at + 8 <= png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (Encoding.ASCII.GetString(png, at + 4, 4) == "IDAT") packed.Write(png, at + 8, length);

            at += length + 12;
        }

        packed.Position = 0;
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
    }

    private static byte[] Unfilter(byte[] data, int stride, int height, int size)
    {
        byte[] pixels = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            int filter = data[y * (stride + 1)];
            for (int x = 0; x < stride; x++)
            {
                int left = x < size ? 0 : pixels[(y * stride) + x - size];
                int up = y == 0 ? 0 : pixels[((y - 1) * stride) + x];
                int corner = x < size || y == 0 ? 0 : pixels[((y - 1) * stride) + x - size];
                int predicted = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
                pixels[(y * stride) + x] = (byte)(data[(y * (stride + 1)) + 1 + x] + predicted);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int a = Math.Abs(estimate - left);
        int b = Math.Abs(estimate - up);
        int c = Math.Abs(estimate - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
