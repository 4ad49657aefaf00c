using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Views;

/// <summary>What came back from Export-Clixml, a job or a remote session filters and pipes as the live object does.</summary>
public sealed class CopiedObjectTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public CopiedObjectTests(EngineFixture engine) => _engine = engine;

    [Theory]
    [InlineData("CheckResult", "$_.Status -eq 'Fail'", "$_.Status -eq 'Failed'")]
    [InlineData("CheckResult", "$_.Area -in 'Spf', 'Dmarc'", "$_.Area -eq 3000")]
    [InlineData("CheckResult", "-not $_.Passed", "$_.Passed -and $_.Status -eq 'Fail'")]
    [InlineData("CheckResult", "$_.Record", "$_.Record -and $_.Passed")]
    [InlineData("CheckDefinition", "$_.Severity -eq 'Error'", "$_.Severity -eq 'Fail'")]
    [InlineData("DkimStatus", "$_.IsValid -and $_.KeySize -eq 2048", "$_.KeyType -eq 'dsa'")]
    [InlineData("DmarcStatus", "$_.Policy -eq 'None'", "$_.Policy -eq 'Reject'")]
    [InlineData("DmarcStatus", "$_.Findings | Where-Object Status -eq Fail", "$_.Findings | Where-Object Status -eq Pass")]
    [InlineData("DmarcAlignment", "$_.Passed", "$_.DkimPassed")]
    [InlineData("DmarcAlignment", "$_.DkimPassed -eq $false", "$_.DkimPassed -eq $false -and $_.Passed")]
    [InlineData("MtaStsPolicy", "$_.Mode -eq 'Testing'", "$_.Mode -eq 'Enforce'")]
    [InlineData("RecordChange", "$_.Action -eq 'Add' -and $_.Purpose -eq 'Dkim'", "$_.Action -eq 'Remove'")]
    [InlineData("SendingDomainStatus", "$_.Spf.Record -and $_.Dmarc.Outcome -eq 'Found'", "$_.Spf.All -eq 'Pass'")]
    [InlineData("SendingProvider", "$_.Kind -eq 'EmailServiceProvider'", "$_.Kind -eq 'MailboxProvider'")]
    [InlineData("SpfResult", "$_.Result -eq 'Pass'", "$_.Result -eq 'PermError'")]
    [InlineData("SpfStatus", "$_.All -eq 'SoftFail'", "$_.All -eq 'Pass'")]
    [InlineData("SpfTreeNode", "$_.Status -eq 'Unknown'", "$_.Status -eq 'Missing' -and $_.IsComplete")]
    [InlineData("TxtRecord", "$_.Purpose -eq 'Spf'", "$_.Purpose -eq 'Bimi'")]
    public void Filters_find_the_same(string type, string filter, string none)
    {
        int Count(string script, string condition) => _engine.Invoke("param($root) & { " + script + " } $root | Where-Object { " + condition + " }", TestPaths.Root).EnsureClean().Output.Count;
        foreach (int depth in new[] { 1, 2 })
        {
            string copies = ViewSamples.CopyScript(type, depth);
            Assert.NotEqual(0, Count(ViewSamples.Script(type), filter));
            Assert.Equal(Count(ViewSamples.Script(type), filter), Count(copies, filter));
            Assert.Equal(0, Count(ViewSamples.Script(type), none));
            Assert.Equal(0, Count(copies, none));
        }
    }

    [Theory]
    [InlineData("CnameRecord", "ConvertTo-DnsServerParameter | ForEach-Object { $_.HostNameAlias }")]
    [InlineData("TxtRecord", "ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("CnameRecord", "ConvertTo-DnsRecordText -Format NsUpdate")]
    [InlineData("MxRecord", "ConvertTo-DnsRecordText -Format Csv")]
    [InlineData("TlsaRecord", "ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("CaaRecord", "ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("SrvRecord", "ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("PtrRecord", "ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("CheckResult", "ForEach-Object { $_.Record } | ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("RecordChange", "ForEach-Object { $_.After } | ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("DmarcStatus", "ForEach-Object { $_.Domain } | Get-MxStatus @zones -Ordered | ForEach-Object { 'valid: ' + $_.IsValid }")]
    [InlineData("SpfStatus", "Get-MxStatus @zones -Ordered | ForEach-Object { 'valid: ' + $_.IsValid }")]
    public void They_pipe_into_the_same(string type, string next)
    {
        string Text(string script) => string.Join('\n', _engine.Invoke(
            "param($root) $zones = @{ ZoneFile = \"$root/examples/zones/*.zone\" }; & { " + script + " } $root | " + next, TestPaths.Root).EnsureClean().Output.Select(line => line.ToString()));

        Assert.NotEmpty(Text(ViewSamples.Script(type)));
        Assert.Equal(Text(ViewSamples.Script(type)), Text(ViewSamples.CopyScript(type, 1)));
        Assert.Equal(Text(ViewSamples.Script(type)), Text(ViewSamples.CopyScript(type, 2)));
    }
}
