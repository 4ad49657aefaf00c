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

    // What a message does not have may be any text; what it has is octets.
    private static readonly Gen<string> s_note = Gen.Char[(char)0, (char)0x17F].Array[0, 300].Select(characters => new string(characters));
    private static readonly Gen<string> s_text = Gen.Char[(char)0, (char)0xFF].Array[0, 255].Select(characters => new string(characters));
    private static readonly Gen<string> s_tag = Gen.Char[(char)0, (char)0xFF].Array[1, 255].Select(characters => new string(characters));

    private static readonly Gen<DomainName> s_names = Gen.Int[0, 30].Select(i => DomainName.FromDns(i is 0 ? "." : i < 4 ? s_name.Text : "n" + i + "._x.\u00e4" + new string('y', i) + ".example"));

    private static readonly Gen<(DnsRecordType Type, RecordData Data)> s_data = Gen.OneOf(
        Gen.Byte.Array[4].Select(octets => (DnsRecordType.A, (RecordData)new AddressData(new IPAddress(octets)))),
        Gen.Byte.Array[16].Select(octets => (DnsRecordType.Aaaa, (RecordData)new AddressData(new IPAddress(octets)))),
        Gen.Select(s_names, Gen.Int[0, 3].Select(i => new[] { DnsRecordType.Cname, DnsRecordType.Ns, DnsRecordType.Ptr, DnsRecordType.Dname }[i]), (name, type) => (type, (RecordData)new NameData(name))),
        Gen.Select(Gen.UShort, s_names, (preference, name) => (DnsRecordType.Mx, (RecordData)new MxData(preference, name))),
        Gen.Select(Gen.UShort, Gen.UShort, Gen.UShort, s_names, (priority, weight, port, name) => (DnsRecordType.Srv, (RecordData)new SrvData(priority, weight, port, name))),
        s_text.Array[1, 5].Select(texts => (DnsRecordType.Txt, (RecordData)new TxtData(texts))),
        Gen.Select(s_names, s_names, Gen.UInt, Gen.UInt, (primary, mailbox, serial, minimum) => (DnsRecordType.Soa, (RecordData)new SoaData(primary, mailbox, serial, 1, 2, 3, minimum))),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, Gen.Byte.Array[1, 70], (usage, selector, matching, octets) => (DnsRecordType.Tlsa, (RecordData)new TlsaData(usage, selector, matching, Hex.Format(octets)))),
        Gen.Select(Gen.Byte, s_tag, s_text, (flags, tag, value) => (DnsRecordType.Caa, (RecordData)new CaaData(flags, tag, value))),
        Gen.Byte.Array[0, 70].Select(octets => ((DnsRecordType)65, (RecordData)new UnknownData(octets))));

    private static readonly Gen<DnsRecord> s_records = Gen.Select(s_names, Gen.UInt, s_data, (owner, ttl, data) => new DnsRecord(owner, data.Type, ttl, data.Data));

    private static readonly Gen<DnsResponse> s_responses = Gen.Select(
        Gen.Enum<DnsResponseStatus>(),
        s_records.Array[0, 6],
        s_note.Null(),
        s_note.Null(),
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
        var writer = new WireWriter();
        s_responses.Sample(
            response =>
            {
                writer.Clear();
                PackedAnswer.Write(response.Question, response, writer);
                string expected = Show(response);
                string actual = Show(PackedAnswer.Read(response.Question, new WireReader(writer.Buffer), ref resolver)!);
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
        var writer = new WireWriter();
        PackedAnswer.Write(response.Question, response, writer);
        string? resolver = null;
        DnsResponse first = PackedAnswer.Read(question, new WireReader(writer.Buffer), ref resolver)!;
        DnsResponse second = PackedAnswer.Read(question, new WireReader(writer.Buffer), ref resolver)!;
        Assert.Same(s_name, first.Records[0].Owner);
        Assert.Same(((NameData)first.Records[0].Data).Target, first.Records[1].Owner);
        Assert.Same(first.Resolver, second.Resolver);
        Assert.Equal("192.0.2.53", first.Resolver);
    }

    [Fact]
    public void An_answer_to_another_question_is_not_read_and_words_that_are_not_understood_are_not_kept()
    {
        var question = new DnsQuestion(s_name, DnsRecordType.A);
        var writer = new WireWriter();
        PackedAnswer.Write(question, DnsResponse.NoData(question), writer);
        string? resolver = null;
        foreach (DnsQuestion other in new[] { new DnsQuestion(s_name, DnsRecordType.Aaaa), new(DomainName.FromDns("b.example"), DnsRecordType.A), new(DomainName.FromDns("a.examplf"), DnsRecordType.A), new(DomainName.FromDns("a.example.b"), DnsRecordType.A), new(DomainName.Root, DnsRecordType.A) })
            Assert.Null(PackedAnswer.Read(other, new WireReader(writer.Buffer), ref resolver));
        Assert.NotNull(PackedAnswer.Read(question, new WireReader(writer.Buffer), ref resolver));
        Assert.False(PackedAnswer.CanWrite(DnsResponse.Answer(question, [new DnsRecord(s_name, DnsRecordType.A, 60, new UnknownData("words"))])));
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

    private static string Show(RecordData data) => data.GetType().Name + data.ToPresentation();
}
