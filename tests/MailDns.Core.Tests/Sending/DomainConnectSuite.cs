using System.Text.Json;
using MailDns.Dns;
using MailDns.Json;
using MailDns.Text;

namespace MailDns.Core.Tests.Sending;

/// <summary>
/// Public templates and what they give. They are not part of the sources (the templates have no licence): they are read from
/// a folder shared/conformance/domain-connect beside the sources, where it is.
/// </summary>
internal static class DomainConnectSuite
{
    private static readonly IJsonTextReader s_reader = new NewtonsoftJsonReader();

    public static string? Folder { get; } = FindFolder();

    public static IEnumerable<string> Templates => Folder is null ? [] : Directory.GetFiles(Path.Combine(Folder, "templates"), "*.json").OrderBy(file => file, StringComparer.Ordinal);

    public static JsonDocument? Open(string name) => Folder is null ? null : JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name)));

    public static DomainConnectTemplate Read(string text, string file = "t.json") => DomainConnectReader.Read(s_reader.Read(text, file, lastWins: true), file);

    public static DomainConnectTemplate ReadFile(string file) => Read(File.ReadAllText(file), file);

    /// <summary>A template with these records.</summary>
    public static DomainConnectTemplate Of(string records, string more = "") =>
        Read("{\"providerId\":\"p.example\",\"providerName\":\"P\",\"serviceId\":\"s\",\"serviceName\":\"S\"," + more + "\"records\":" + records + "}");

    /// <summary>The records for a domain, each as "owner TYPE ttl content".</summary>
    public static string[] Render(DomainConnectTemplate template, string domain, string host, IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<string>? groups = null)
    {
        DomainName zone = DomainName.Parse(domain);
        DomainName name = host.Length == 0 ? zone : DomainName.Parse(host + "." + domain);
        IReadOnlyList<(string Name, string Place)> missing = DomainConnectProvider.Missing(template, values, groups ?? []);
        if (missing.Count > 0)
            throw new SendingProviderValueException(template.Id, missing[0].Name, "missing " + missing[0].Name);

        SendingProvider bound = DomainConnectProvider.Bind(template, name, zone, values, groups ?? []);
        return SendingProviderExpansion.ExpandAll(bound, new SendingProviderValues(name), includeLegacy: true, includeOptional: true)
            .Select(record => record.Owner + " " + record.Template.RecordType + " " + (record.Template.TimeToLive?.TotalSeconds ?? 3600) + " "
                + (record.Template.DnsType == DnsRecordType.Mx ? record.Template.Preference + " " : record.Template.DnsType == DnsRecordType.Srv ? record.Template.Preference + " " + record.Template.Weight + " " + record.Template.Port + " " : string.Empty) + (record.Value ?? record.Target!.Text))
            .ToArray();
    }

    private static string? FindFolder()
    {
        for (DirectoryInfo? place = new(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            string folder = Path.Combine(place.FullName, "shared", "conformance", "domain-connect");
            if (Directory.Exists(folder)) return folder;
        }

        return null;
    }
}
