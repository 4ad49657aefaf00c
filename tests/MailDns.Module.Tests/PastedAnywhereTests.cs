using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using MailDns.Module.Tests.Engine;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Module.Tests;

/// <summary>
/// Every parameter of every cmdlet that makes records, found by reflection, with every kind of paste: what comes is a record that says what was
/// pasted, or a sentence that refuses it, and never the paste encoded into a record.
/// </summary>
public sealed class PastedAnywhereTests(EngineFixture engine, ITestOutputHelper output) : IClassFixture<EngineFixture>
{
    private const string Hash = "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";

    // Not text of a record: files, servers, names of profiles.
    private static readonly string[] s_elsewhere = ["Server", "ZoneFile", "Provider", "ProviderGroup", "BimiRootCertificatePath"];

    // What each cmdlet needs, by parameter.
    private static readonly Dictionary<string, Dictionary<string, object>> s_needs = new(StringComparer.Ordinal)
    {
        ["Add-SpfMechanism"] = new() { ["InputObject"] = "v=spf1 mx -all", ["Include"] = "spf.vendor.example" },
        ["New-BimiRecord"] = new() { ["LogoUri"] = "https://contoso.com/logo.svg" },
        ["New-BounceRecord"] = new() { ["Target"] = "bounce.vendor.example" },
        ["New-CaaRecord"] = new() { ["Issue"] = "ca.example" },
        ["New-DkimRecord"] = new() { ["Selector"] = "s1", ["CnameTarget"] = "k1.vendor.example" },
        ["New-DmarcRecord"] = new() { ["AggregateReportUri"] = "mailto:d@contoso.com" },
        ["New-DmarcReportAuthorizationRecord"] = new() { ["ReportDomain"] = "vendor.example" },
        ["New-DomainKeysPolicyRecord"] = new(),
        ["New-MtaStsPolicy"] = new() { ["Mx"] = "mail.contoso.com" },
        ["New-MtaStsRecord"] = new() { ["Id"] = "20260101" },
        ["New-MxRecord"] = new() { ["Exchange"] = "mail.contoso.com" },
        ["New-NullMxRecord"] = new(),
        ["New-ParkedDomainRecord"] = new(),
        ["New-SenderIdRecord"] = new() { ["Include"] = "spf.vendor.example" },
        ["New-SendingDomainRecord"] = new() { ["Provider"] = "altcraft", ["AggregateReportUri"] = "mailto:d@contoso.com" },
        ["New-SpfRecord"] = new() { ["Include"] = "spf.vendor.example" },
        ["New-TlsRptRecord"] = new() { ["AggregateReportUri"] = "mailto:d@contoso.com" },
        ["New-TlsaRecord"] = new() { ["HostName"] = "mx", ["AssociationData"] = Hash },
        ["New-TrackingRecord"] = new() { ["Target"] = "trk.vendor.example" },
    };

    // A value that is right, where the need above does not say it.
    private static readonly Dictionary<string, string> s_right = new(StringComparer.Ordinal)
    {
        ["A"] = "mail.contoso.com", ["Mx"] = "contoso.com", ["Exists"] = "x.contoso.com", ["Redirect"] = "spf.vendor.example", ["IPv4"] = "203.0.113.5", ["IPv6"] = "2001:db8::5", ["Include"] = "spf.vendor.example",
        ["Domain"] = "contoso.com", ["ZoneName"] = "contoso.com", ["EvidenceUri"] = "https://contoso.com/vmc.pem", ["LogoUri"] = "https://contoso.com/logo.svg", ["Selector"] = "s1", ["HostName"] = "trk", ["TrackingHost"] = "trk", ["BounceHost"] = "bounce",
        ["IssueWild"] = "ca.example", ["IssueMail"] = "ca.example", ["IssueVmc"] = "ca.example", ["Issue"] = "ca.example", ["Iodef"] = "mailto:a@contoso.com", ["Tag"] = "issue", ["Value"] = "ca.example", ["Flag"] = "s", ["Note"] = "hello", ["ReportAddress"] = "a@contoso.com",
        ["FailureReportUri"] = "mailto:f@contoso.com", ["AggregateReportUri"] = "mailto:d@contoso.com", ["Selector1Cname"] = "selector1-contoso-com._domainkey.contoso.onmicrosoft.com", ["Selector2Cname"] = "selector2-contoso-com._domainkey.contoso.onmicrosoft.com",
    };

    // Parameters that exclude one another.
    private static readonly Dictionary<string, string[]> s_instead = new(StringComparer.Ordinal)
    {
        ["New-DkimRecord.PublicKey"] = ["CnameTarget"], ["New-DkimRecord.Flag"] = ["CnameTarget"], ["New-DkimRecord.Note"] = ["CnameTarget"], ["New-SpfRecord.Redirect"] = ["Include"], ["New-SenderIdRecord.Redirect"] = ["Include"],
        ["New-CaaRecord.Tag"] = ["Issue"], ["New-CaaRecord.Value"] = ["Issue"], ["Add-SpfMechanism.Domain"] = ["InputObject"],
    };

    // {v} is the right value of the parameter.
    private static readonly string[] s_pastes =
    [
        "{v}", "\"{v}\"", "'{v}'", "\u201C{v}\u201D", "\u2018{v}\u2019", "{v}\u200B", "\uFEFF{v}", " {v} ", "\t{v}\r\n", "{v}.", "{V}", "<{v}>", "{v};", "{v},", "{v}, {v}", "{v};{v}", "{v} {v}", "{v}\r\n{v}", "{p}={v}", "{p}:{v}", "{p} {v}",
        "rua=mailto:x@y.example", "rua:mailto:x@y.example", "mailto:rua=mailto:x@y.example", "mailto://x@y.example", "v=spf1 include:x.example -all", "\"v=spf1 mx \" \"-all\"", "v=DMARC1; p=reject; rua=mailto:x@y.example", "v=DKIM1; k=rsa; p=AAAA", "v=BIMI1; l=https://x.example/l.svg",
        "v=STSv1; id=1", "v=TLSRPTv1; rua=mailto:x@y.example", "include:x.example", "include=x.example", "+include:x.example", "-all", "ip4:192.0.2.1", "ip6:2001:db8::1", "redirect=x.example", "a:x.example", "mailto:a@x.example,mailto:b@x.example", "mailto:a@x.example;mailto:b@x.example",
        "mailto:a@x.example mailto:b@x.example", "a@x.example", "a@x.example, b@x.example", "Somebody <a@x.example>", "https://x.example/a.svg", "http://x.example/a.svg", "l=https://x.example/a.svg", "https://x.example/a.svg,https://x.example/b.svg", "https://x.example/a b.svg", "x.example. 3600 IN TXT \"v=spf1 -all\"",
        "x CNAME y.example.", "10 mail.x.example", "0 issue \"ca.example\"", "_25._tcp.mx IN TLSA 3 1 1 " + Hash, "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----", "192.0.2.1", "b\u00FCcher.example", "\u0430.example", "x\u2013y.example", "%2522", "{domain}", "<domain>", "*", ".", "..", "@", "\\", "a\u0000b", "\u001B[2J",
    ];

    private static readonly Regex s_nonsense = new(
        "%3D|%3A|%22|%20|%3B|%0|%E2|%25|mailto:mailto|mailto:/|(?i:(?:rua|ruf|include|exists|redirect|ip4|ip6|l|a|p|v|id)[:=](?:rua|ruf|include|exists|redirect|ip4|ip6|mailto:rua|v|p|id|l|mx)[:=])|v=[a-z0-9]+.*v=[a-z0-9]+|https:[^;]*https:|[<>\"'{}]|,,|\\.\\.",
        RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public void What_is_pasted_is_understood_or_refused()
    {
        var failures = new List<string>();
        int cases = 0;
        int understood = 0;
        foreach ((CmdletInfo command, string name, Type type) in Parameters())
        {
            foreach (string paste in s_pastes)
            {
                string value = Fill(paste, command.Name, name);
                cases++;
                EngineResult result = engine.Invoke("param($command, $with) & $command @with -WarningAction SilentlyContinue", command.Name, Arguments(command.Name, name, type == typeof(string[]) ? new[] { value } : value));
                if (Fault(result, name) is { } fault)
                    failures.Add(command.Name + " -" + name + " " + Show(value) + ": " + fault);
                else if (result.Output.Count > 0)
                    understood++;
            }
        }

        output.WriteLine(cases + " cases, " + understood + " understood, the rest refused.");
        Assert.True(cases > 3_000, cases.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(failures.Count == 0, failures.Count + " of " + cases + ":\n" + string.Join('\n', failures));
    }

    private static string? Fault(EngineResult result, string parameter)
    {
        foreach (ErrorRecord error in result.Errors)
        {
            string said = error.ToString();
            // What a set of words refuses, the engine says in its own words.
            if (error.FullyQualifiedErrorId.StartsWith("ParameterArgumentValidationError", StringComparison.Ordinal)) continue;

            if (said.Length < 10 || said.Contains("(Parameter", StringComparison.Ordinal) || said.Contains("Exception", StringComparison.Ordinal) || said.Contains("Object reference", StringComparison.Ordinal) || said.Any(c => c < ' ' && c is not ('\r' or '\n')))
                return "the error is " + Show(said);
        }

        if (result.Output.Count == 0) return result.Errors.Count == 0 ? "neither a record nor an error" : null;

        // A note is what a person wrote, in quoted-printable.
        foreach (string text in result.Output.Select(Text))
        {
            if (text.Any(c => c is < ' ' or > '~')) return "the record is " + Show(text);
            if (parameter is not ("Note" or "Value") && s_nonsense.IsMatch(text)) return "the record is " + text;
        }

        return null;
    }

    // The value, and the name where a record is.
    private static string Text(PSObject record) => record.Properties["Fqdn"]?.Value is string name ? name + " | " + Value(record) : string.Join(" | ", record.Properties.Where(property => property.Name is "Mx" or "Domain").Select(property => property.Value is object[] many ? string.Join(' ', many) : property.Value?.ToString()));

    // A CAA value stands in quotes.
    private static string Value(PSObject record) => record.Properties["CaaValue"]?.Value is { } value ? record.Properties["CaaTag"].Value + " " + value : record.BaseObject.ToString() ?? string.Empty;

    private static System.Collections.Hashtable Arguments(string command, string parameter, object value)
    {
        var arguments = new System.Collections.Hashtable { ["Domain"] = "contoso.com", ["ErrorAction"] = "Continue" };
        foreach (KeyValuePair<string, object> need in s_needs[command])
            arguments[need.Key] = need.Value;

        foreach (string excluded in s_instead.GetValueOrDefault(command + "." + parameter, []))
            arguments.Remove(excluded);

        if (command == "Add-SpfMechanism") arguments.Remove("Domain");
        if (command + "." + parameter is "New-CaaRecord.Tag") arguments["Value"] = "ca.example";
        if (command + "." + parameter is "New-CaaRecord.Value") arguments["Tag"] = "contactemail";
        if (command + "." + parameter is "New-DkimRecord.Flag" or "New-DkimRecord.Note") arguments["PublicKey"] = Key;
        arguments[parameter] = value;
        return arguments;
    }

    private static string Key => string.Concat(File.ReadAllLines(Path.Combine(TestPaths.Root, "examples", "ak.public.pem")).Where(line => !line.StartsWith('-')));

    private static string Fill(string paste, string command, string parameter)
    {
        string right = s_needs[command].GetValueOrDefault(parameter) as string ?? (parameter == "PublicKey" ? Key : s_right.GetValueOrDefault(parameter) ?? throw new InvalidOperationException("A right value for -" + parameter + " of " + command + " is needed here."));
        return paste.Replace("{v}", right, StringComparison.Ordinal).Replace("{V}", right.ToUpperInvariant(), StringComparison.Ordinal).Replace("{p}", parameter.ToLowerInvariant(), StringComparison.Ordinal);
    }

    private IEnumerable<(CmdletInfo Command, string Name, Type Type)> Parameters()
    {
        // Of records, not of files: keys and test files have names and paths only.
        foreach (CmdletInfo command in engine.Invoke("Get-Command -Module MailDns -Verb New, Add, Set").Output.Select(found => (CmdletInfo)found.BaseObject).Where(command => command.Name is not ("New-DkimKey" or "New-SendingDomainTest")))
        {
            Assert.True(s_needs.ContainsKey(command.Name), command.Name + " needs its parameters here.");
            foreach (ParameterMetadata parameter in command.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name) && !parameter.Name.EndsWith("Path", StringComparison.Ordinal) && !s_elsewhere.Contains(parameter.Name)))
            {
                if (parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(string[]) || parameter.ParameterType == typeof(Uri))
                    yield return (command, parameter.Name, parameter.ParameterType);
            }
        }
    }

    private static string Show(string text) => "\"" + string.Concat(text.Take(160).Select(c => c is < ' ' or > '~' ? "\\u" + ((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture) : c.ToString())) + "\"";
}
