using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Diagnostics;
using MailDns.Report;

namespace MailDns.Core.Tests.Report;

/// <summary>Reports to look at.</summary>
internal static class SampleReport
{
    public static DateTimeOffset Created { get; } = new(2026, 11, 24, 18, 5, 0, TimeSpan.FromHours(2));

    /// <summary>One domain with something of everything.</summary>
    public static SendingDomainReport Full => Build("Mail of Contoso", Fill);

    /// <summary>Domains of each verdict.</summary>
    public static SendingDomainReport Many => Build(title: null, builder =>
    {
        Fill(builder);
        builder.Add(Check("good.example", "SPF-MULTIPLE", "Spf", CheckStatus.Pass));
        builder.Add(Check("fair.example", "SPF-ALL", "Spf", CheckStatus.Warning));
        builder.Add(Check("fair.example", "SPF-MX-COST", "Spf", CheckStatus.Info));
        builder.Add(Check("unknown.example", "DNS-LOOKUP-FAILED", "Dns", CheckStatus.Unknown));
        builder.AddTree(new ReportTreeNode { Domain = "unchecked.example", Status = "None" });
        builder.Add(Check("bad.example", "DMARC-MISSING", "Dmarc", CheckStatus.Fail));
    });

    /// <summary>What receivers report of one domain, with so many sources; a third of them needs attention.</summary>
    public static SendingDomainReport Senders(int count, string text = "Reason of it.") => Build("Senders of Contoso", builder =>
    {
        string[] classes = ["OwnPassing", "OwnFragile", "OwnFailing", "ServiceUnaligned", "Forwarder", "TemporaryError", "Unknown"];
        for (int i = 0; i < count; i++)
        {
            builder.Add(new ReportSender
            {
                Domain = "contoso.com",
                PolicyDomain = "contoso.com",
                Source = i == 0 ? text : $"10.{i / 65536}.{i / 256 % 256}.{i % 256}/32",
                Class = classes[i % classes.Length],
                Reason = text,
                Evidence = [text, "SPF passed for bounce.esp.example, which does not align."],
                Messages = 1 + (i * 7919L % 10_007),
                Passed = i % 3 == 0 ? 0 : 1,
                Recommendation = i % 2 == 0 ? text : null,
                Last = "2026-11-03",
                Days = [(new DateTime(2026, 11, 1 + (i % 3), 0, 0, 0, DateTimeKind.Utc), 1 + (i * 7919L % 10_007), i % 3 == 0 ? 0 : 1)],
            });
        }

        builder.Add(new ReportReadiness
        {
            Domain = "contoso.com",
            Policy = "Quarantine",
            Verdict = "NotYet",
            Blockers = [(text, text)],
            Evidence = [(text, true), (text, false)],
            Limits = [text],
            Records = [Txt("_dmarc", "v=DMARC1; p=quarantine", "Dmarc")],
        });
        builder.Add(new ReportTls { Domain = "contoso.com", Successful = 900, Failed = 3, NextMode = "Testing", Recommendation = text, Failures = [("certificate-expired", text, 3, "MailServer", text)] });
    });

    public static SendingDomainReport Build(string? title, Action<ReportBuilder> fill)
    {
        var builder = new ReportBuilder();
        fill(builder);
        return builder.Build(title, Created, "0.1.0");
    }

    public static ReportCheck Check(string domain, string id, string area, CheckStatus status, params ReportRecord[] records) => new()
    {
        Domain = domain,
        Id = id,
        Title = "What holds when " + id + " passes",
        Area = area,
        Status = status,
        Severity = status == CheckStatus.Fail ? "Error" : status == CheckStatus.Warning ? "Warning" : "Information",
        Message = id + " found something at " + domain + ".",
        Expected = status == CheckStatus.Pass ? null : "v=spf1 mx -all",
        Actual = status == CheckStatus.Pass ? null : "v=spf1 mx ~all",
        Recommendation = status == CheckStatus.Pass ? string.Empty : "Put it right.",
        Reference = "RFC 7208 section 4.6.4",
        Records = records,
    };

    public static ReportRecord Txt(string name, string value, string purpose, string zone = "contoso.com") => new()
    {
        ZoneName = zone,
        Name = name,
        Fqdn = name == "@" ? zone : name + "." + zone,
        Type = "TXT",
        Ttl = 3600,
        Value = value,
        Purpose = purpose,
    };

    /// <summary>The same text in every field that can hold one.</summary>
    public static SendingDomainReport Everywhere(string text)
    {
        ReportRecord record = new() { ZoneName = text, Name = text, Fqdn = text, Type = text, Value = text, Purpose = text };
        ReportRecord txt = new() { ZoneName = text, Name = text, Fqdn = text, Type = "TXT", Value = text, Purpose = "Spf" };
        var builder = new ReportBuilder();
        foreach (CheckStatus status in StatusOrder.All)
        {
            builder.Add(new ReportCheck
            {
                Domain = text,
                Id = text,
                Title = text,
                Area = text,
                Status = status,
                Severity = text,
                Message = text,
                Expected = text,
                Actual = text,
                Recommendation = text,
                Reference = text,
                Records = [record, txt],
            });
        }

        builder.Add(new ReportCheck { Domain = "second." + text, Status = CheckStatus.Fail, Message = text });
        ReportTreeNode root = new() { Domain = text, Status = text, Term = text, Owner = text, Record = text, Problem = text };
        root.Children.Add(new ReportTreeNode { Domain = text, Depth = 1, Status = "Found", Term = text, Owner = text, Record = text });
        builder.AddTree(root);
        builder.Add(new ReportMailPath
        {
            Domain = text,
            Path = text,
            Policy = text,
            SpfAlignment = text,
            DkimAlignment = text,
            Reason = text,
            Recommendation = text,
            Assumptions = [text, text],
            BounceDomain = text,
            DkimDomains = [text, text],
            IPAddress = text,
            Record = text,
            RecordDomain = text,
        });
        return builder.Build(text, Created, text);
    }

    private static void Fill(ReportBuilder builder)
    {
        const string domain = "contoso.com";
        string key = "v=DKIM1; k=rsa; p=" + string.Concat(Enumerable.Repeat("MIIBIjANBgkqhkiG", 25));
        builder.Add(Check(domain, "SPF-PROVIDER-MISSING", "Spf", CheckStatus.Fail, Txt("@", "v=spf1 mx include:spf.example.net ~all", "Spf")));
        builder.Add(Check(domain, "SPF-LOOKUP-LIMIT", "Spf", CheckStatus.Warning));
        builder.Add(Check(domain, "DKIM-MISSING", "Dkim", CheckStatus.Fail, Txt("s1._domainkey", key, "Dkim")));
        builder.Add(Check(domain, "DMARC-LOOKUP", "Dmarc", CheckStatus.Unknown));
        builder.Add(Check(domain, "BIMI-MISSING", "Bimi", CheckStatus.Info));
        builder.Add(Check(domain, "BIMI-TAG", "Bimi", CheckStatus.NotApplicable));
        foreach (string id in new[] { "SPF-MULTIPLE", "DKIM-KEY-SIZE", "DMARC-SYNTAX", "DNS-NXDOMAIN" })
            builder.Add(Check(domain, id, id.StartsWith("DNS", StringComparison.Ordinal) ? "Dns" : "Spf", CheckStatus.Pass));

        builder.AddTree(Tree(domain));
        builder.Add(Path(domain, passed: true));
        builder.Add(Path(domain, passed: false));
    }

    private static ReportTreeNode Tree(string domain)
    {
        ReportTreeNode root = Node(domain, 0, 11, "Found", "Contoso");
        ReportTreeNode platform = Node("spf.protection.outlook.com", 1, 4, "Found", "Microsoft 365");
        platform.Children.Add(Node("spfd.protection.outlook.com", 2, 0, "Found", "Microsoft 365"));
        platform.Children.Add(Node("contoso.com", 2, 0, "Loop", "Contoso"));
        root.Children.Add(platform);
        root.Children.Add(Node("a-very-long-name-of-a-marketing-platform.mail.region-1.example.net", 1, 5, "Found", null));
        root.Children.Add(Node("gone.example.net", 1, 0, "None", null));
        root.Children.Add(Node("slow.example.net", 1, 0, "Unknown", null));
        return root;
    }

    private static ReportTreeNode Node(string domain, int depth, int lookups, string status, string? owner) => new()
    {
        Domain = domain,
        Depth = depth,
        Status = status,
        Term = depth == 0 ? null : "include:" + domain,
        Owner = owner,
        Record = status == "Found" ? "v=spf1 ip4:192.0.2.0/24 -all" : null,
        Problem = status == "Found" ? null : "What is wrong at " + domain + ".",
        LookupCount = 1,
        CumulativeLookupCount = lookups,
        IPv4AddressCount = 256,
    };

    private static ReportMailPath Path(string domain, bool passed) => new()
    {
        Domain = domain,
        Passed = passed,
        Path = passed ? "SPF and DKIM" : null,
        SpfAligned = passed,
        SpfPassed = true,
        DkimAligned = passed,
        Policy = "Quarantine",
        SpfAlignment = "Relaxed",
        DkimAlignment = "Strict",
        Reason = "The DMARC record at _dmarc." + domain + " applies.",
        Recommendation = passed ? string.Empty : "Sign with the From domain.",
        Assumptions = passed ? ["That the platform signs with this key."] : [],
        BounceDomain = passed ? "bounce." + domain : "bounces.platform.example",
        DkimDomains = [passed ? domain : "platform.example"],
        IPAddress = "192.0.2.7",
        Record = "v=DMARC1; p=quarantine; rua=mailto:dmarc@" + domain,
        RecordDomain = domain,
    };
}
