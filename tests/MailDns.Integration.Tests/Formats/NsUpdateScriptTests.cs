using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Formats;
using MailDns.Integration.Tests.Publishing;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Formats;

/// <summary>The text for nsupdate, carried out by nsupdate with its own check of host names, against BIND.</summary>
public sealed class NsUpdateScriptTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [BindFact]
    public void A_script_with_names_that_are_no_hosts_is_carried_out()
    {
        using PrimaryServer server = Start();
        string script = Write(
            new ARecord("contoso.test", "_x", System.Net.IPAddress.Parse("192.0.2.1"), s_hour, RecordPurpose.Address),
            new AaaaRecord("contoso.test", "b_d", System.Net.IPAddress.Parse("2001:db8::1"), s_hour, RecordPurpose.Address),
            new MxRecord("contoso.test", "m_x", 10, "mail.example", s_hour, RecordPurpose.Mx),
            new MxRecord("contoso.test", "m", 10, "_m.example", s_hour, RecordPurpose.Mx),
            new NsRecord("contoso.test", "sub", "ns_1.example", s_hour, RecordPurpose.Other),
            new SrvRecord("contoso.test", "_sip._tcp", 1, 2, 5060, "sip_1.example", s_hour, RecordPurpose.Other),
            new CnameRecord("contoso.test", "s1._domainkey", "s1_x.example", s_hour, RecordPurpose.Dkim),
            new TxtRecord("contoso.test", "_dmarc", "v=DMARC1; p=none", s_hour, RecordPurpose.Dmarc));
        Assert.StartsWith("check-names off\n", script, StringComparison.Ordinal);
        server.RunNsUpdate(script + "\n");
        Assert.Equal(8, server.Transfer("contoso.test").Split('\n').Length - 2);

        // Without the line nsupdate refuses the whole script.
        using PrimaryServer twin = Start();
        Assert.Throws<InvalidOperationException>(() => twin.RunNsUpdate(script["check-names off\n".Length..] + "\n"));
    }

    [BindFact]
    public void A_script_of_hosts_keeps_the_check()
    {
        using PrimaryServer server = Start();
        string script = Write(
            new ARecord("contoso.test", "x", System.Net.IPAddress.Parse("192.0.2.1"), s_hour, RecordPurpose.Address),
            new CnameRecord("contoso.test", "s1._domainkey", "s1._domainkey.example", s_hour, RecordPurpose.Dkim),
            new TxtRecord("contoso.test", "_dmarc", "v=DMARC1; p=none", s_hour, RecordPurpose.Dmarc));
        Assert.DoesNotContain("check-names", script, StringComparison.Ordinal);
        server.RunNsUpdate(script + "\n");
        Assert.Equal(3, server.Transfer("contoso.test").Split('\n').Length - 2);
    }

    private static string Write(params ResourceRecord[] records) => Assert.Single(RecordTextWriter.Write(records, DnsRecordFormat.NsUpdate, TerraformProvider.Aws, [], []));

    private static PrimaryServer Start() => PrimaryServer.Start(new Dictionary<string, string> { ["contoso.test"] = "$TTL 3600\n@ SOA ns h 1 3600 600 86400 3600\n@ NS ns\nns A 192.0.2.53\n" });
}
