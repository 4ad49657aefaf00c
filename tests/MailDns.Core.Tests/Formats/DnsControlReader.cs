using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Jint;
using Jint.Native;
using MailDns.Text;
using MailDns.Formats;
using Xunit;

namespace MailDns.Core.Tests.Formats;

/// <summary>Runs dnsconfig.js with DNSControl's functions standing in: each makes a list of its arguments.</summary>
internal static class DnsControlReader
{
    private const string Prelude = """
        var calls = [];
        var CAA_CRITICAL = 'critical';
        function TTL(seconds) { return { ttl: seconds }; }
        function record(type, args) { return { type: type, args: Array.prototype.slice.call(args) }; }
        function TXT() { return record('TXT', arguments); }
        function CNAME() { return record('CNAME', arguments); }
        function MX() { return record('MX', arguments); }
        function NS() { return record('NS', arguments); }
        function A() { return record('A', arguments); }
        function AAAA() { return record('AAAA', arguments); }
        function CAA() { return record('CAA', arguments); }
        function SRV() { return record('SRV', arguments); }
        function PTR() { return record('PTR', arguments); }
        function TLSA() { return record('TLSA', arguments); }
        function D_EXTEND(domain) { for (var i = 1; i < arguments.length; i++) { calls.push({ domain: domain, type: arguments[i].type, args: arguments[i].args }); } }
        """;

    public static IEnumerable<ReadRecord> Read(string text)
    {
        using var engine = new Engine(options => options.Strict().TimeoutInterval(TimeSpan.FromSeconds(20)));
        engine.Execute(Prelude);
        engine.Execute(text);
        return [.. engine.GetValue("calls").AsArray().Select(call => Record(call.AsObject()))];
    }

    private static ReadRecord Record(Jint.Native.Object.ObjectInstance call)
    {
        string domain = call.Get("domain").AsString();
        string type = call.Get("type").AsString();
        JsValue[] args = [.. call.Get("args").AsArray()];
        string name = args[0].AsString();
        JsValue[] values = args[1..^1];
        string data = type switch
        {
            "TXT" => Assert.Single(values).AsString(),
            "CAA" => FormatReader.Data(type, (values.Length > 2 && values[2].AsString() == "critical" ? "128 " : "0 ") + values[0].AsString() + " " + PresentationText.Quote([values[1].AsString()])),
            _ => FormatReader.Data(type, string.Join(' ', values.Select(Text))),
        };
        return new ReadRecord(name == "@" ? domain : name + "." + domain, type, (long)args[^1].AsObject().Get("ttl").AsNumber(), data);
    }

    private static string Text(JsValue value) => value.IsNumber() ? value.AsNumber().ToString(CultureInfo.InvariantCulture) : value.AsString();
}
