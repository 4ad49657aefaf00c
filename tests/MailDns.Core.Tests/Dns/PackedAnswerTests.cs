using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using CsCheck;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class PackedAnswerTests
{
    private static readonly DomainName s_name = DomainName.FromDns("a.example");

    private static readonly Gen<string> s_text = Gen.Char[(char)0, (char)0x17F].Array[0, 300].Select(characters => new string(characters));

    private static readonly Gen<DomainName> s_names = Gen.Int[0, 30].Select(i => DomainName.FromDns(i is 0 ? "." : i < 4 ? s_name.Text : "n" + i + "._x.\u00e4" + new string('y', i) + ".example"));

    private static readonly Gen<RecordData> s_data = Gen.OneOf(
        Gen.Byte.Array[4].Select(RecordData (octets) => new AddressData(new IPAddress(octets))),
        Gen.Byte.Array[16].Select(RecordData (octets) => new AddressData(new IPAddress(octets))),
        s_names.Select(RecordData (name) => new NameData(name)),
        Gen.Select(Gen.UShort, s_names, RecordData (preference, name) => new MxData(preference, name)),
        s_text.Array[1, 5].Select(RecordData (texts) => new TxtData(texts)),
        Gen.Select(s_names, s_text, Gen.UInt, Gen.UInt, RecordData (primary, mailbox, serial, minimum) => new SoaData(primary, mailbox, serial, minimum)),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, s_text, RecordData (usage, selector, matching, text) => new TlsaData(usage, selector, matching, text)),
        Gen.Select(Gen.Byte, s_text, s_text, RecordData (flags, tag, value) => new CaaData(flags, tag, value)),
        s_text.Select(RecordData (text) => new OpaqueData(text)));

    private static readonly Gen<DnsRecord> s_records = Gen.Select(s_names, Gen.UShort, Gen.UInt, s_data, (owner, type, ttl, data) => new DnsRecord(owner, (DnsRecordType)type, ttl, data));

    private static readonly Gen<DnsResponse> s_responses = Gen.Select(
        Gen.Enum<DnsResponseStatus>(),
        s_records.Array[0, 6],
        s_text.Null(),
        s_text.Null(),
        Gen.Int[0, 7],
        s_names.Array[0, 3],
        Gen.UInt.Nullable(),
        (status, records, detail, resolver, flags, delegation, ttl) => DnsResponse.Restore(
            new DnsQuestion(s_name, DnsRecordType.Txt),
            status,
            records,
            detail,
            new AnswerOrigin { Resolver = resolver, IsAuthenticated = (flags & 1) is not 0, IsAuthoritative = (flags & 2) is not 0, IsReferral = (flags & 4) is not 0, Delegation = delegation },
            ttl));

    [Fact]
    public void Every_property_comes_back_as_it_was()
    {
        string? resolver = null;
        var writer = new OctetWriter();
        s_responses.Sample(
            response =>
            {
                writer.Clear();
                PackedAnswer.Write(response, writer);
                string expected = Show(response);
                string actual = Show(PackedAnswer.Read(response.Question, new OctetReader(writer.Octets, 0), ref resolver));
                Assert.Equal(expected, actual);
            },
            iter: 3000,
            threads: 1);
    }

    [Fact]
    public void Names_and_resolvers_that_repeat_are_one_object_again()
    {
        DomainName target = DomainName.FromDns("b.example");
        var question = new DnsQuestion(s_name, DnsRecordType.A);
        var response = DnsResponse.Answer(
            question,
            [new DnsRecord(s_name, DnsRecordType.Cname, 60, new NameData(target)), new DnsRecord(target, DnsRecordType.A, 60, new AddressData(IPAddress.Loopback))],
            new AnswerOrigin { Resolver = "192.0.2.53" });
        var writer = new OctetWriter();
        PackedAnswer.Write(response, writer);
        string? resolver = null;
        DnsResponse first = PackedAnswer.Read(question, new OctetReader(writer.Octets, 0), ref resolver);
        DnsResponse second = PackedAnswer.Read(question, new OctetReader(writer.Octets, 0), ref resolver);
        Assert.Same(s_name, first.Records[0].Owner);
        Assert.Same(((NameData)first.Records[0].Data).Target, first.Records[1].Owner);
        Assert.Same(first.Resolver, second.Resolver);
        Assert.Equal("192.0.2.53", first.Resolver);
    }

    [Fact]
    public void Data_that_is_not_known_is_an_error_and_no_other_data()
    {
        var question = new DnsQuestion(s_name, DnsRecordType.A);
        DnsResponse response = DnsResponse.Answer(question, [new DnsRecord(s_name, DnsRecordType.A, 60, new OtherData())]);
        Assert.Throws<ArgumentException>(() => PackedAnswer.Write(response, new OctetWriter()));
    }

    private static string Show(DnsResponse response) => string.Join(
        '|',
        response.Question,
        response.Status,
        response.Detail,
        response.Resolver,
        response.IsAuthenticated,
        response.IsAuthoritative,
        response.IsReferral,
        response.NegativeTtl,
        string.Join(',', response.Delegation),
        string.Join(';', response.Records.Select(record => record + " " + Show(record.Data))));

    private static string Show(RecordData data) => data.GetType().Name + data switch
    {
        TxtData txt => string.Join('/', txt.Strings.Select(text => text.Length + text)),
        SoaData soa => soa.Responsible + soa.Minimum,
        OpaqueData opaque => opaque.Presentation,
        CaaData caa => caa.Tag + "/" + caa.Value,
        TlsaData tlsa => tlsa.AssociationData,
        _ => string.Empty,
    };

    private sealed class OtherData : RecordData
    {
    }
}
