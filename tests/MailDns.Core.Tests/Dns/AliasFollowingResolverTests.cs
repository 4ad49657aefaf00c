using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class AliasFollowingResolverTests
{
    private static DnsRecord Alias(string owner, string target) =>
        new(DomainName.FromDns(owner), DnsRecordType.Cname, 60, new NameData(DomainName.FromDns(target)));

    private static DnsRecord Text(string owner, string text) => new(DomainName.FromDns(owner), DnsRecordType.Txt, 60, new TxtData(text));

    private static async Task<(DnsResponse Response, ScriptedResolver Inner)> AskAsync(string name, Func<string, DnsQuestion, DnsResponse> answer, DnsRecordType type = DnsRecordType.Txt)
    {
        var inner = new ScriptedResolver(question => answer(question.Name.Text, question));
        DnsResponse response = await new AliasFollowingResolver(inner).QueryAsync(new DnsQuestion(DomainName.FromDns(name), type), CancellationToken.None);
        return (response, inner);
    }

    [Fact]
    public async Task A_chain_over_three_servers_comes_back_as_one_answer()
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync("a.example", (name, question) => name switch
        {
            "a.example" => DnsResponse.Answer(question, [Alias("a.example", "b.example")]),
            "b.example" => DnsResponse.Answer(question, [Alias("b.example", "c.example")]),
            _ => DnsResponse.Answer(question, [Text("c.example", "v=spf1 -all")]),
        });
        Assert.Equal(DnsResponseStatus.Success, response.Status);
        Assert.Equal("a.example", response.Question.Name.Text);
        Assert.Equal(["v=spf1 -all"], response.Texts);
        Assert.Equal("c.example", response.CanonicalName.Text);
        Assert.Equal(3, response.Records.Count);
        Assert.Equal(3, inner.Questions.Count);
    }

    [Theory]
    [InlineData("NoData", "NoData", 2)]
    [InlineData("NxDomain", "NxDomain", 2)]
    [InlineData("Timeout", "Timeout", 2)]
    [InlineData("Refused", "Refused", 2)]
    public async Task The_status_is_the_last_names(string last, string expected, int queries)
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync("a.example", (name, question) => name is "a.example"
            ? DnsResponse.Answer(question, [Alias("a.example", "b.example")])
            : last switch
            {
                "NoData" => DnsResponse.NoData(question),
                "NxDomain" => DnsResponse.NxDomain(question),
                _ => DnsResponse.Failure(question, Enum.Parse<DnsResponseStatus>(last), "why"),
            });
        Assert.Equal(expected, response.Status.ToString());
        Assert.Equal("b.example", response.CanonicalName.Text);
        Assert.Single(response.Records);
        Assert.Equal(queries, inner.Questions.Count);
        Assert.Equal(response.IsFailure ? "why" : null, response.Detail);
    }

    [Fact]
    public async Task A_complete_answer_costs_no_second_query()
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync(
            "a.example",
            (_, question) => DnsResponse.Answer(question, [Alias("a.example", "b.example"), Text("b.example", "x")]));
        Assert.Equal(DnsResponseStatus.Success, response.Status);
        Assert.Single(inner.Questions);
    }

    [Fact]
    public async Task A_question_for_the_alias_itself_is_not_followed()
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync(
            "a.example",
            (_, question) => DnsResponse.Answer(question, [Alias("a.example", "b.example")]),
            DnsRecordType.Cname);
        Assert.Equal(DnsResponseStatus.Success, response.Status);
        Assert.Single(inner.Questions);
    }

    [Theory]
    [InlineData("a.example")]
    [InlineData("b.example")]
    public async Task A_circle_is_a_failure_and_ends(string back)
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync("a.example", (name, question) => name is "a.example"
            ? DnsResponse.Answer(question, [Alias("a.example", "b.example")])
            : DnsResponse.Answer(question, [Alias(name, back)]));
        Assert.Equal(DnsResponseStatus.AliasLoop, response.Status);
        Assert.True(response.IsFailure);
        Assert.Equal(2, inner.Questions.Count);
    }

    [Fact]
    public async Task A_circle_within_one_answer_is_a_failure()
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync(
            "a.example",
            (_, question) => DnsResponse.Answer(question, [Alias("a.example", "b.example"), Alias("b.example", "a.example")]));
        Assert.Equal(DnsResponseStatus.AliasLoop, response.Status);
        Assert.Single(inner.Questions);
    }

    [Theory]
    [InlineData(10, DnsResponseStatus.Success)]
    [InlineData(11, DnsResponseStatus.AliasLoop)]
    internal async Task Ten_links_are_followed_and_no_more(int links, DnsResponseStatus expected)
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync("n0.example", (name, question) =>
        {
            int number = int.Parse(name[1..name.IndexOf('.', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
            return number == links
                ? DnsResponse.Answer(question, [Text(name, "end")])
                : DnsResponse.Answer(question, [Alias(name, $"n{number + 1}.example")]);
        });
        Assert.Equal(expected, response.Status);
        Assert.True(inner.Questions.Count <= AliasFollowingResolver.MaxLinks + 1);
    }

    // A server that gives the whole chain at once has the limit of one that is asked link by link.
    [Theory]
    [InlineData(10, DnsResponseStatus.Success)]
    [InlineData(11, DnsResponseStatus.AliasLoop)]
    [InlineData(50, DnsResponseStatus.AliasLoop)]
    internal async Task A_chain_in_one_answer_has_the_same_limit(int links, DnsResponseStatus expected)
    {
        (DnsResponse response, ScriptedResolver inner) = await AskAsync("n0.example", (_, question) => DnsResponse.Answer(
            question,
            [.. Enumerable.Range(0, links).Select(number => Alias($"n{number}.example", $"n{number + 1}.example")), Text($"n{links}.example", "end")]));
        Assert.Equal(expected, response.Status);
        Assert.Single(inner.Questions);
    }

    [Fact]
    public void Records_of_other_owners_are_left_out_of_a_chain()
    {
        var question = new DnsQuestion(DomainName.FromDns("a.example"), DnsRecordType.Txt);
        List<DnsRecord> answer = [Text("evil.example", "no"), Text("b.example", "yes"), Alias("a.example", "b.example")];
        AnswerChain chain = AnswerChain.Of(question, answer);
        Assert.True(chain.HasData);
        Assert.Equal(["a.example", "b.example"], chain.Records.Select(record => record.Owner.Text));
        Assert.Equal("b.example", chain.CanonicalName.Text);
    }
}
