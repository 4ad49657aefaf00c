using System.Security.Cryptography;

namespace MailDns.Messages;

/// <summary>Header fields in canonical form (RFC 6376 sections 3.4.1 and 3.4.2), straight into one SHA-256.</summary>
internal sealed class HeaderCanonicalizer : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = OctetPool.Rent();
    private int _filled;

    /// <summary>Adds a whole field and the CRLF behind it.</summary>
    public void Add(MessageHeader header, int index, bool relaxed)
    {
        HeaderField field = header[index];
        AddField(header, field, cutStart: field.End, cutEnd: field.End, relaxed);
        Put((byte)'\r');
        Put((byte)'\n');
    }

    /// <summary>
    /// Adds the field of the signature itself without the octets of its b= (places in the value, section 3.7), and without
    /// the CRLF.
    /// </summary>
    public void AddSignature(MessageHeader header, int index, int cutStart, int cutEnd, bool relaxed)
    {
        HeaderField field = header[index];
        AddField(header, field, field.Colon + 1 + cutStart, field.Colon + 1 + cutEnd, relaxed);
    }

    /// <summary>The SHA-256 of what was added; the canonicalizer begins anew.</summary>
    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose()
    {
        OctetPool.Return(_buffer);
        _buffer = Array.Empty<byte>();
        _hash.Dispose();
    }

    private void AddField(MessageHeader header, HeaderField field, int cutStart, int cutEnd, bool relaxed)
    {
        if (relaxed)
        {
            AddRelaxed(header, field, cutStart, cutEnd);
            return;
        }

        PutAll(header.Octets, field.Start, cutStart);
        PutAll(header.Octets, cutEnd, field.End);
    }

    private void AddRelaxed(MessageHeader header, HeaderField field, int cutStart, int cutEnd)
    {
        byte[] octets = header.Octets;
        int nameEnd = header.NameEnd(field);
        for (int i = field.Start; i < nameEnd; i++)
            Put(octets[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(octets[i] | 0x20) : octets[i]);

        Put((byte)':');
        bool space = false;
        bool begun = false;
        for (int i = field.Colon + 1; i < field.End; i++)
        {
            if (i >= cutStart && i < cutEnd) continue;

            byte octet = octets[i];
            if (octet is (byte)' ' or (byte)'\t')
            {
                space = begun;
            }
            else if (octet == (byte)'\r' && i + 1 < field.End && octets[i + 1] == (byte)'\n')
            {
                // Folding: the white space that follows counts, the line's end does not.
                i++;
            }
            else
            {
                if (space)
                {
                    Put((byte)' ');
                    space = false;
                }

                Put(octet);
                begun = true;
            }
        }
    }

    private void PutAll(byte[] octets, int start, int end)
    {
        while (start < end)
        {
            if (_filled == _buffer.Length) Flush();

            int taken = Math.Min(end - start, _buffer.Length - _filled);
            Buffer.BlockCopy(octets, start, _buffer, _filled, taken);
            _filled += taken;
            start += taken;
        }
    }

    private void Put(byte octet)
    {
        if (_filled == _buffer.Length) Flush();

        _buffer[_filled++] = octet;
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _filled);
        _filled = 0;
    }
}
