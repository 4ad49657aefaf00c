using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using CsCheck;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class PackedAnswerTests
{
    private static readonly DomainName s_name = RecordGen.Common;

    // What a message does not have may be any text; what it has is octets.
    private static readonly Gen<string> s_note = Gen.Char[(char)0, (char)0x17F].Array[0, 300].Select(characters => new string(characters));

    private static readonly Gen<DnsResponse> s_responses = Gen.Select(
        Gen.Enum<DnsResponseStatus>(),
        RecordGen.Records.Array[0, 6],
        s_note.Null(),
        s_note.Null(),
        Gen.Int[0, 7],
        RecordGen.Names.Array[0, 3],
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
