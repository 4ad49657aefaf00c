using BenchmarkDotNet.Attributes;
using MailDns.Json;
using MailDns.Text;

namespace MailDns.Benchmarks;

/// <summary>Get-SendingProvider -Path over a folder of 1,000 Domain Connect templates, without the disk.</summary>
[MemoryDiagnoser]
public class TemplateListBenchmarks
{
    private const string Template = """
        {
          "providerId": "vendor.example", "providerName": "Vendor", "serviceId": "mail", "serviceName": "Mail", "version": 3,
          "syncPubKeyDomain": "vendor.example", "description": "Signs and sends.", "variableDescription": "token: of the account",
          "records": [
            { "groupId": "outbound", "type": "MX", "host": "%spfDomain%", "pointsTo": "feedback.%region%.vendor.example", "ttl": 3600, "priority": 10 },
            { "groupId": "outbound", "type": "SPFM", "host": "%spfDomain%", "ttl": 3600, "spfRules": "include:spf.vendor.example" },
            { "groupId": "dkim", "type": "TXT", "host": "%selector%._domainkey", "ttl": "3600", "data": "p=%domainKey%" },
            { "groupId": "dmarc", "type": "TXT", "host": "_dmarc", "ttl": 3600, "data": "v=DMARC1; p=none; rua=mailto:%rua%", "txtConflictMatchingMode": "Prefix", "txtConflictMatchingPrefix": "v=DMARC1" },
            { "groupId": "tracking", "type": "CNAME", "host": "%trackingHost%", "pointsTo": "%target%.vendor.example", "ttl": 3600 }
          ]
        }
        """;

    private readonly IJsonTextReader _reader = new NewtonsoftJsonReader();

    [Benchmark]
    public int OneThousand()
    {
        int parameters = 0;
        for (int i = 0; i < 1000; i++)
            parameters += DomainConnectProvider.Describe(DomainConnectReader.Read(_reader.Read(Template, "t.json", lastWins: true), "t.json")).Parameters.Length;

        return parameters;
    }
}
