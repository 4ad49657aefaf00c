using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using CsCheck;
using MailDns.Dns;

namespace MailDns.Core.Tests.Support;

/// <summary>Records of every type that is read, names and texts of any octets.</summary>
internal static class RecordGen
{
    /// <summary>Comes often, as a name of an answer does.</summary>
    public static readonly DomainName Common = DomainName.FromDns("a.example");

    public static readonly Gen<string> Text = Gen.Byte.Array[0, 255].Select(octets => string.Concat(octets.Select(octet => (char)octet)));

    // Any octets, dots in labels among them; in lower case, as a name of the module is.
    private static readonly Gen<string> s_label = Gen.Byte.Array[1, 20].Select(octets => string.Concat(octets.Select(octet =>
        octet is (byte)'.' ? DomainName.DotInLabel : octet is >= (byte)'A' and <= (byte)'Z' ? (char)(octet | 0x20) : (char)octet)));

    public static readonly Gen<DomainName> Names = Gen.Select(
        Gen.Int[0, 9],
        s_label.Array[1, 5],
        (i, labels) => i is 0 ? DomainName.Root : i < 3 ? Common : DomainName.FromDns(string.Join('.', labels)));

    public static readonly Gen<(DnsRecordType Type, RecordData Data)> Data = Gen.OneOf(
        Gen.Byte.Array[4].Select(octets => (DnsRecordType.A, (RecordData)new AddressData(new IPAddress(octets)))),
        Gen.Byte.Array[16].Select(octets => (DnsRecordType.Aaaa, (RecordData)new AddressData(new IPAddress(octets)))),
        Gen.Select(Names, Gen.Int[0, 3].Select(i => new[] { DnsRecordType.Cname, DnsRecordType.Ns, DnsRecordType.Ptr, DnsRecordType.Dname }[i]), (name, type) => (type, (RecordData)new NameData(name))),
        Gen.Select(Gen.UShort, Names, (preference, name) => (DnsRecordType.Mx, (RecordData)new MxData(preference, name))),
        Gen.Select(Gen.UShort, Gen.UShort, Gen.UShort, Names, (priority, weight, port, name) => (DnsRecordType.Srv, (RecordData)new SrvData(priority, weight, port, name))),
        Gen.Select(Text.Array[1, 5], Gen.Int[0, 1], (texts, i) => (i is 0 ? DnsRecordType.Txt : DnsRecordType.Spf, (RecordData)new TxtData(texts))),
        Gen.Select(Names, Names, Gen.UInt.Array[5], (primary, mailbox, n) => (DnsRecordType.Soa, (RecordData)new SoaData(primary, mailbox, n[0], n[1], n[2], n[3], n[4]))),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, Gen.Byte.Array[1, 70], (usage, selector, matching, octets) => (DnsRecordType.Tlsa, (RecordData)new TlsaData(usage, selector, matching, Hex.Format(octets)))),
        Gen.Select(Gen.Byte, Gen.OneOf(Text.Where(text => text.Length > 0), Gen.Const("issue")), Text, (flags, tag, value) => (DnsRecordType.Caa, (RecordData)new CaaData(flags, tag, value))),
        Gen.Select(Gen.UShort, Gen.Byte, Gen.Byte, Gen.Byte.Array[1, 70], (tag, algorithm, digest, octets) => (DnsRecordType.Ds, (RecordData)new DsData(tag, algorithm, digest, octets))),
        Gen.Select(Gen.UShort, Gen.Byte, Gen.Byte, Gen.Byte.Array[1, 70], (flags, protocol, algorithm, octets) => (DnsRecordType.Dnskey, (RecordData)new DnskeyData(flags, protocol, algorithm, octets))),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.UShort, Gen.Byte.Array[0, 70], (hash, flags, iterations, salt) => (DnsRecordType.Nsec3Param, (RecordData)new Nsec3ParamData(hash, flags, iterations, salt))),
        Gen.Select(Gen.UShort.Array[2], Gen.Byte.Array[2], Gen.UInt.Array[3], Names, Gen.Byte.Array[1, 70], (words, n, times, signer, octets) => (DnsRecordType.Rrsig, (RecordData)new RrsigData((DnsRecordType)words[0], n[0], n[1], times[0], times[1], times[2], words[1], signer, octets))),
        Gen.Byte.Array[0, 70].Select(octets => ((DnsRecordType)65, (RecordData)new UnknownData(octets))));

    public static readonly Gen<DnsRecord> Records = Gen.Select(Names, Gen.UInt, Data, (owner, ttl, data) => new DnsRecord(owner, data.Type, ttl, data.Data));
}
