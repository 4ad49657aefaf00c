using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Bimi;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace MailDns.Crypto;

/// <summary>Reads subjectLogo of a logotype extension (RFC 9399 section 4.1; its module has implicit tags, so the tag of a CHOICE is explicit).</summary>
internal static class LogotypeReader
{
    private const int SubjectLogo = 2;
    private const int Direct = 0;

    public static LogotypeData Read(byte[] extension)
    {
        try
        {
            return new LogotypeData(Images(Asn1Sequence.GetInstance(extension)).ToArray(), problem: null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new LogotypeData(Array.Empty<LogotypeImage>(), "it is no LogotypeExtn of RFC 9399");
        }
    }

    private static IEnumerable<LogotypeImage> Images(Asn1Sequence extension)
    {
        foreach (Asn1TaggedObject logo in extension.OfType<Asn1TaggedObject>().Where(part => part.TagNo == SubjectLogo))
        {
            var info = Asn1TaggedObject.GetInstance(logo.GetExplicitBaseObject());
            if (info.TagNo != Direct)
            {
                continue;
            }

            // LogotypeData: SEQUENCE OF images, then audio in [1].
            var data = Asn1Sequence.GetInstance(info, declaredExplicit: false);
            foreach (Asn1Encodable image in data.OfType<Asn1Sequence>().SelectMany(images => images))
            {
                yield return Image(Asn1Sequence.GetInstance(Asn1Sequence.GetInstance(image)[0]));
            }
        }
    }

    private static LogotypeImage Image(Asn1Sequence details) => new(
        DerIA5String.GetInstance(details[0]).GetString(),
        Asn1Sequence.GetInstance(details[2]).Select(address => DerIA5String.GetInstance(address).GetString()).ToArray(),
        Asn1Sequence.GetInstance(details[1]).Select(Hash).ToArray());

    private static KeyValuePair<string, byte[]> Hash(Asn1Encodable encodable)
    {
        var pair = Asn1Sequence.GetInstance(encodable);
        return new KeyValuePair<string, byte[]>(
            AlgorithmIdentifier.GetInstance(pair[0]).Algorithm.Id,
            Asn1OctetString.GetInstance(pair[1]).GetOctets());
    }
}
