using System.Text;
using MailDns.Https;

namespace MailDns.Sending;

/// <summary>
/// Finds the Domain Connect service of a domain's DNS host (draft-ietf-dconn-domainconnect, "Discovery") and asks it. What it
/// answers is a stranger's: sizes, redirects and addresses are bounded by the fetcher, and texts are escaped.
/// </summary>
internal sealed class DomainConnectStatusReader
{
    private const string Label = "_domainconnect";
    private const int MaxServices = 3;
    private const int MaxBytes = 1 << 16;

    private readonly DomainName _domain;
    private readonly IDnsResolver _resolver;
    private readonly HttpsAccess? _https;
    private readonly IJsonTextReader _json;
    private readonly List<string> _detail = new();

    private DomainConnectStatusReader(DomainName domain, IDnsResolver resolver, HttpsAccess? https, IJsonTextReader json)
    {
        _domain = domain;
        _resolver = resolver;
        _https = https;
        _json = json;
    }

    /// <summary>The status of one domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="template">The template to ask for; null for none.</param>
    /// <param name="values">Values of the template's variables, for the link.</param>
    /// <param name="groups">Groups of the template, for the link.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="https">How the service is asked; null where it is not.</param>
    /// <param name="json">Reads its answers.</param>
    /// <param name="cancellationToken">Cancels everything.</param>
    public static async Task<DomainConnectStatus> ReadAsync(
        DomainName domain,
        DomainConnectTemplate? template,
        IReadOnlyList<KeyValuePair<string, string>> values,
        IReadOnlyList<string> groups,
        IDnsResolver resolver,
        HttpsAccess? https,
        IJsonTextReader json,
        CancellationToken cancellationToken)
    {
        var reader = new DomainConnectStatusReader(domain, resolver, https, json);
        DomainConnectStatus status = await reader.ReadAsync(template, values, groups, cancellationToken).ConfigureAwait(false);
        status.Detail = reader._detail.ToArray();
        return status;
    }

    private async Task<DomainConnectStatus> ReadAsync(DomainConnectTemplate? template, IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        DomainName? zone = await FindZoneAsync(cancellationToken).ConfigureAwait(false);
        var status = new DomainConnectStatus(_domain, zone) { Template = template?.Id };
        if (zone is null) return status;

        DnsResponse response = await _resolver.QueryTxtAsync(zone.Prepend(Label), cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            Say("The lookup of " + Label + "." + zone + " failed: " + response.Describe());
            return status;
        }

        string[] services = response.Texts.Where(text => ServiceOf(text) is not null).Take(MaxServices).ToArray();
        status.IsSupported = services.Length > 0;
        status.Record = services.Length == 0 ? null : PrintableText.Escape(services[0]);
        if (services.Length == 0)
            Say("There is no TXT record of a Domain Connect service at " + Label + "." + zone + ".");
        else if (_https is null)
            Say("The service is asked with -IncludeHttps only.");
        else
            await AskAsync(status, zone, services, template, values, groups, cancellationToken).ConfigureAwait(false);

        return status;
    }

    // The zone cut: the nearest name at or above that has an SOA record (RFC 1034 section 4.2).
    private async Task<DomainName?> FindZoneAsync(CancellationToken cancellationToken)
    {
        for (DomainName name = _domain; name.LabelCount > 1; name = name.Parent)
        {
            DnsResponse soa = await _resolver.QueryAsync(name, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
            if (soa.IsFailure)
            {
                Say("The zone of " + _domain + " was not found: " + soa.Describe());
                return null;
            }

            if (soa.Status == DnsResponseStatus.Success && !soa.IsAliased) return name;
        }

        Say("No zone that contains " + _domain + " was found.");
        return null;
    }

    // Authority and path, without scheme, query and fragment.
    private static string? ServiceOf(string text) =>
        text.Length is > 0 and <= 512 && text.All(c => c is > ' ' and <= '~') && text.IndexOfAny(new[] { '?', '#', '@', '\\' }) < 0 && text.IndexOf("//", StringComparison.Ordinal) < 0
        && Uri.TryCreate("https://" + text, UriKind.Absolute, out Uri? uri) && uri.HostNameType == UriHostNameType.Dns
            ? "https://" + text.TrimEnd('/')
            : null;

    private async Task AskAsync(DomainConnectStatus status, DomainName zone, string[] services, DomainConnectTemplate? template, IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        foreach (string service in services)
        {
            string address = ServiceOf(service) + "/v2/" + zone.Text + "/settings";
            HttpsResponse answer = await _https!.FetchAsync(new Uri(address), MaxBytes, cancellationToken).ConfigureAwait(false);
            if (answer.Status != HttpsStatus.Ok)
            {
                Say(answer.StatusCode == 404 ? "The service at " + service + " does not have the zone " + zone + "." : "The service at " + service + " could not be asked: " + answer.Detail);
                status.IsSupported = answer.StatusCode == 404 ? false : null;
                continue;
            }

            if (await ReadSettingsAsync(status, zone, answer, address, cancellationToken).ConfigureAwait(false) is { } settings)
            {
                status.IsSupported = true;
                if (template is not null)
                    await AskTemplateAsync(status, zone, settings, template, values, groups, cancellationToken).ConfigureAwait(false);

                return;
            }
        }
    }

    private async Task<JsonValue?> ReadSettingsAsync(DomainConnectStatus status, DomainName zone, HttpsResponse answer, string address, CancellationToken cancellationToken)
    {
        JsonValue root;
        try
        {
            root = _json.Read(Encoding.UTF8.GetString(answer.Content), address, lastWins: true);
        }
        catch (JsonTextException exception)
        {
            Say("The service's settings are not JSON: " + exception.Message);
            return null;
        }

        if (Text(root, "providerId") is not { } id || Text(root, "providerName") is not { } name || UrlOf(root, "urlAPI") is null)
        {
            Say("The service's settings lack one of providerId, providerName and urlAPI (an https address).");
            return null;
        }

        status.DnsProviderId = PrintableText.Escape(id);
        status.DnsProvider = PrintableText.Escape(Text(root, "providerDisplayName") ?? name);
        string? panel = Text(root, "urlControlPanel")?.Replace("%domain%", zone.Text);
        status.ControlPanelUri = panel is not null && Uri.TryCreate(panel, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps ? PrintableText.Escape(panel) : null;
        await CompareServersAsync(zone, root, cancellationToken).ConfigureAwait(false);
        return root;
    }

    private async Task CompareServersAsync(DomainName zone, JsonValue root, CancellationToken cancellationToken)
    {
        string[] said = root.Find("nameServers") is { Kind: JsonKind.Array } list ? list.Items.Select(item => item.Text.TrimEnd('.')).Where(text => text.Length > 0).ToArray() : Array.Empty<string>();
        DnsResponse response = await _resolver.QueryAsync(zone, DnsRecordType.Ns, cancellationToken).ConfigureAwait(false);
        string[] real = response.Data<NameData>().Select(server => server.Target.Text).ToArray();
        if (said.Length > 0 && real.Length > 0 && !real.Any(server => said.Contains(server, StringComparer.OrdinalIgnoreCase)))
        {
            Say("The service names other name servers than the zone has (" + string.Join(", ", real.Select(PrintableText.Escape)) + "): what it changes may have no effect.");
        }
    }

    private async Task AskTemplateAsync(DomainConnectStatus status, DomainName zone, JsonValue settings, DomainConnectTemplate template, IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        string place = "/v2/domainTemplates/providers/" + template.ProviderId + "/services/" + template.ServiceId;
        HttpsResponse answer = await _https!.FetchAsync(new Uri(UrlOf(settings, "urlAPI") + place), 1 << 20, cancellationToken).ConfigureAwait(false);
        status.SupportsTemplate = answer.Status == HttpsStatus.Ok ? true : answer.StatusCode == 404 ? false : null;
        if (status.SupportsTemplate is null)
            Say("Whether the template is supported could not be asked: " + answer.Detail);

        if (status.SupportsTemplate == true)
            status.ApplyUri = Link(zone, UrlOf(settings, "urlSyncUX"), place, template, values, groups);
    }

    private string? Link(DomainName zone, string? start, string place, DomainConnectTemplate template, IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<string> groups)
    {
        if (template.SyncPubKeyDomain is not null)
        {
            Say("Requests for this template are signed with the platform's key: start it on the platform's page.");
            return null;
        }

        if (start is null || template.SyncBlock)
        {
            Say(start is null ? "The DNS host has no page that applies templates." : "The template does not allow to be applied by a link.");
            return null;
        }

        bool isBelow = !_domain.Equals(zone);
        if (template.HostRequired && !isBelow)
        {
            Say("The template is for a name below the zone.");
            return null;
        }

        IReadOnlyList<(string Name, string Place)> missing = DomainConnectProvider.Missing(template, values, groups);
        if (missing.Count > 0)
        {
            Say("The link needs values in -ProviderValue for " + string.Join(", ", missing.Select(item => item.Name)) + ".");
            return null;
        }

        var query = new List<KeyValuePair<string, string>> { new("domain", zone.Text) };
        query.AddRange(isBelow ? new[] { new KeyValuePair<string, string>("host", _domain.RelativeTo(zone)) } : Array.Empty<KeyValuePair<string, string>>());
        query.AddRange(groups.Count > 0 ? new[] { new KeyValuePair<string, string>("groupId", string.Join(",", groups)) } : Array.Empty<KeyValuePair<string, string>>());
        query.AddRange(values.Where(value => template.Variables.Contains("%" + value.Key + "%", StringComparer.Ordinal)));
        return start + place + "/apply?" + string.Join("&", query.Select(item => Encode(item.Key) + "=" + Encode(item.Value)));
    }

    // RFC 3986 section 2.3: the same on every edition.
    private static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(octet =>
        octet is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
            ? ((char)octet).ToString()
            : "%" + octet.ToString("X2", CultureInfo.InvariantCulture)));

    // An https address without query and fragment.
    private static string? UrlOf(JsonValue root, string name) =>
        Text(root, name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
            : null;

    private static string? Text(JsonValue root, string name) => root.Find(name) is { Kind: JsonKind.String, Text: { Length: > 0 and <= 2048 } text } ? text : null;

    private void Say(string text) => _detail.Add(PrintableText.Escape(text));
}
