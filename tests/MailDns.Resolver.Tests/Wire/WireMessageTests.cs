using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;
using Xunit;

namespace MailDns.Resolver.Tests.Wire;

/// <summary>Messages octet by octet, and octets that are no messages.</summary>
public sealed class WireMessageTests
{
    private static readonly DnsQuestion s_question = new(DomainName.FromDns("a.example"), DnsRecordType.Txt);
    private static readonly byte[] s_name = Name("a.example");

    [Theory]
    [InlineData("", "00")]
    [InlineData("a.example", "01610765 78616D706C6500")]
    [InlineData("\u00FF.b", "01FF016200")]
    public void A_name_is_written_as_labels(string name, string expected) =>
        Assert.Equal(Octets(expected), Name(name));

    [Fact]
    public void The_longest_name_is_written_and_the_query_fits_its_bound()
    {
        string text = string.Join('.', Enumerable.Repeat(new string('a', 63), 3)) + "." + new string('b', 61);
        byte[] name = Name(text);
        Assert.Equal(255, name.Length);
        var query = new WireWriter();
        ExchangeMode.None.Write(query, 1, name, DnsRecordType.Txt);
        Assert.Equal(12 + 255 + 4 + 11, query.Length);
    }

    [Theory]
    [InlineData(true, "BEEF 0120 0001 0000 0000 0001 0161076578616D706C6500 0010 0001 00 0029 04D0 00000000 0000")]
    [InlineData(false, "BEEF 0120 0001 0000 0000 0000 0161076578616D706C6500 0010 0001")]
    public void A_query_has_one_question_and_offers_1232_octets(bool hasEdns, string expected)
    {
        var query = new WireWriter(1);
        (hasEdns ? ExchangeMode.None : ExchangeMode.NoEdns).Write(query, 0xBEEF, s_name, DnsRecordType.Txt);
        Assert.Equal(Octets(expected), query.ToArray());
    }

    // Header: ID, flags, counts; then the question of a.example TXT IN where the first count is 1.
    [Theory]
    [InlineData("0001 8180 0001 0000 0000 0000", "0161076578616D706C6500 0010 0001", true)]
    [InlineData("0001 8180 0001 0000 0000 0000", "0141074558414D506C4500 0010 0001", true)]
    [InlineData("0001 8180 0001 0000 0000 0000", "0162076578616D706C6500 0010 0001", false)]
    [InlineData("0001 8180 0001 0000 0000 0000", "0161076578616D706C6500 000F 0001", false)]
    [InlineData("0001 8180 0001 0000 0000 0000", "0161076578616D706C6500 0010 0003", false)]
    [InlineData("0001 8180 0001 0000 0000 0000", "0161076578616D706C6500 0010", false)]
    // A query, another opcode, two questions, no question.
    [InlineData("0001 0180 0001 0000 0000 0000", "0161076578616D706C6500 0010 0001", false)]
    [InlineData("0001 A180 0001 0000 0000 0000", "0161076578616D706C6500 0010 0001", false)]
    [InlineData("0001 8180 0002 0000 0000 0000", "0161076578616D706C6500 0010 0001", false)]
    [InlineData("0001 8180 0000 0000 0000 0000", "", false)]
    // Errors may come without.
    [InlineData("0001 8182 0000 0000 0000 0000", "", true)]
    [InlineData("0001 8183 0000 0000 0000 0000", "", false)]
    [InlineData("0001 8185", "", false)]
    public void An_answer_is_for_the_question_or_it_is_none(string header, string rest, bool expected) =>
        Assert.Equal(expected, Message(Octets(header + rest)).IsFor(s_name, DnsRecordType.Txt));

    [Theory]
    // A pointer to itself, two that point at each other, one that points ahead, one past the end.
    [InlineData("C02D")]
    [InlineData("0162C02D")]
    [InlineData("C0FF")]
    [InlineData("FFFF")]
    // Labels of the reserved kinds, a label that runs out of the data.
    [InlineData("4161 00")]
    [InlineData("8161 00")]
    [InlineData("3F61")]
    [InlineData("")]
    // Something after the name.
    [InlineData("0162 00 00")]
    public void A_name_in_data_that_is_none_makes_the_answer_unreadable(string target)
    {
        // An alias of a.example; its data begins at octet 0x2D - 2.
        ReceivedMessage? read = Message(Answer(5, Octets(target))).Read(s_question);
        Assert.NotNull(read);
        Assert.Null(read.Records);
        Assert.Equal(DnsResponseStatus.Malformed, MessageJudge.Judge("192.0.2.53", s_question, read).Status);
    }

    [Theory]
    [InlineData("C00C", "a.example")]
    [InlineData("0162C00C", "b.a.example")]
    [InlineData("C00E", "example")]
    [InlineData("00", "")]
    [InlineData("03412E62 0163 00", "a\uF02Eb.c")]
    public void A_name_in_data_may_be_compressed(string target, string expected)
    {
        ReceivedMessage? read = Message(Answer(5, Octets(target))).Read(s_question);
        Assert.Equal(expected, ((NameData)Assert.Single(read!.Records!).Data).Target.Text);
    }

    [Fact]
    public void A_chain_of_pointers_is_bounded_by_the_length_of_a_name()
    {
        // 20,000 labels, each after a pointer back to the one before.
        var message = new List<byte>(Octets("0001 8180 0001 0001 0000 0000 0161076578616D706C6500 0010 0001"));
        int last = 12;
        message.AddRange(Octets("C00C 00FE 0001 00000001 7000"));
        int start = message.Count;
        while (message.Count < start + 0x3000)
        {
            int here = message.Count;
            message.AddRange([1, (byte)'x', (byte)(0xC0 | (last >> 8)), (byte)last]);
            last = here;
        }

        byte[] octets = [.. message, .. new byte[0x7000 - 0x3000]];
        var reader = new WireReader(octets) { Position = last };
        Assert.False(reader.TryReadName(out _));
    }

    [Fact]
    public void Counts_that_promise_more_than_the_message_has_are_no_message()
    {
        foreach (int place in new[] { 6, 8, 10 })
        {
            byte[] message = Answer(16, Octets("0161"));
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(place), 0xFFFF);
            Assert.Null(Message(message).Read(s_question));
        }
    }

    [Fact]
    public void Every_beginning_of_a_message_is_read_or_refused()
    {
        byte[] message = Answer(16, Octets("0161"));
        for (int length = 0; length < message.Length; length++)
        {
            if (Message(message[..length]).IsFor(s_name, DnsRecordType.Txt))
                Assert.Null(Message(message[..length]).Read(s_question));
        }

        Assert.Equal(["a"], MessageJudge.Judge("192.0.2.53", s_question, Message(message).Read(s_question)!).Texts);
    }

    [Theory]
    [InlineData(DnsRecordType.Txt)]
    [InlineData(DnsRecordType.Mx)]
    [InlineData(DnsRecordType.Soa)]
    [InlineData(DnsRecordType.Srv)]
    [InlineData(DnsRecordType.Caa)]
    [InlineData(DnsRecordType.Aaaa)]
    internal void Octets_changed_at_random_never_throw_and_never_read_outside(DnsRecordType type)
    {
        var random = new Random(20261124);
        var question = new DnsQuestion(s_question.Name, type);
        byte[][] seeds =
        [
            Answer((int)type, Octets("000A 0162C00C")),
            Answer((int)type, Octets("0162C00C 0163C00C 00000001 00000002 00000003 00000004 00000005")),
            Answer((int)type, Octets("05 68656C6C6F 00 03 616263")),
            Answer(5, Octets("0162C00C")),
        ];
        for (int i = 0; i < 60_000; i++)
        {
            byte[] message = (byte[])seeds[i % seeds.Length].Clone();
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                message[random.Next(message.Length)] = (byte)random.Next(256);
            int length = random.Next(4) == 0 ? random.Next(message.Length + 1) : message.Length;
            if (Message(message[..length]).IsFor(s_name, type) && Message(message[..length]).Read(question) is { } read)
                Assert.Equal(question, MessageJudge.Judge("192.0.2.53", question, read).Question);
        }
    }

    [Fact]
    public void Random_octets_never_throw()
    {
        var random = new Random(7);
        for (int i = 0; i < 60_000; i++)
        {
            byte[] message = new byte[random.Next(12, 300)];
            random.NextBytes(message);
            _ = Message(message).IsFor(s_name, DnsRecordType.Txt);
            _ = Message(message).Read(s_question);
        }
    }

    /// <summary>One record of a.example in an answer to a.example TXT.</summary>
    private static byte[] Answer(int type, byte[] data) =>
    [
        .. Octets("0001 8180 0001 0001 0000 0000 0161076578616D706C6500 0010 0001 C00C"),
        (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length,
        .. data,
    ];

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static DnsMessage Message(byte[] octets) => new(octets, 0, octets.Length);

    private static byte[] Name(string text)
    {
        Assert.True(DomainName.TryParseDns(text, out DomainName? name));
        return DnsMessage.WriteName(name!)!;
    }
}
