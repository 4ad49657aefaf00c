using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>
/// Says before a message is sent whether DMARC will pass (RFC 9989 sections 4.4, 4.10.2 and 5.3), by looking at what receivers
/// will look at. Planned records count as published when the resolver lays them over.
/// </summary>
internal sealed class DmarcAlignmentPredictor
{
    private readonly AlignmentRequest _request;
    private readonly IDnsResolver _resolver;
    private readonly DmarcTreeWalker _walker;
    private readonly DmarcDiscovery _discovery;

    private DmarcAlignmentPredictor(AlignmentRequest request, IDnsResolver resolver, DmarcTreeWalker walker, DmarcDiscovery discovery)
    {
        _request = request;
        _resolver = resolver;
        _walker = walker;
        _discovery = discovery;
    }

    private DomainName From => _request.From;

    /// <summary>Predicts the verdict; <paramref name="deadline"/> bounds the evaluation of SPF (RFC 7208 section 4.6.4).</summary>
    public static async Task<DmarcAlignment> PredictAsync(AlignmentRequest request, IDnsResolver resolver, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var walker = new DmarcTreeWalker(resolver);
        DmarcDiscovery discovery = await DmarcDiscovery.RunAsync(request.From, walker, resolver, suffixes: null, cancellationToken).ConfigureAwait(false);
        var predictor = new DmarcAlignmentPredictor(request, resolver, walker, discovery);
        AlignmentPath spf = await predictor.SpfAsync(deadline, cancellationToken).ConfigureAwait(false);
        var dkim = new List<AlignmentPath>();
        foreach (AlignmentSignature signature in request.Signatures)
            dkim.Add(await predictor.DkimAsync(signature, cancellationToken).ConfigureAwait(false));

        var verdict = new AlignmentVerdict(request, discovery, spf, dkim);
        var sheet = new CheckSheet(request.From.Text);
        AlignmentRules.Apply(verdict, sheet);
        return new DmarcAlignment(verdict, sheet);
    }

    private async Task<AlignmentPath> SpfAsync(CancellationToken deadline, CancellationToken cancellationToken)
    {
        if (_request.Bounce is not { } bounce)
        {
            bool? open = _request.IsBounceUnknown ? null : false;
            return new AlignmentPath(domain: null, open, open, _request.NoBounce);
        }

        (bool? aligned, string alignment) = await AlignAsync(bounce, _discovery.Selection.Record?.SpfAlignment, DmarcTags.SpfAlignment, cancellationToken).ConfigureAwait(false);
        if (_request.IPAddress is { } address)
        {
            SpfResult result = await SpfEvaluator.CheckHostAsync(
                SpfQuery.ForMailFrom(address, "postmaster@" + bounce.Text, bounce.Text), _resolver, SpfLimits.Default, deadline, cancellationToken).ConfigureAwait(false);
            bool? passes = result.Result switch
            {
                SpfResultCode.Pass => true,
                SpfResultCode.TempError => null,
                _ => false,
            };
            return new AlignmentPath(bounce, aligned, passes, "SPF for " + bounce + " from " + address + " gives " + result + "; " + alignment);
        }

        (bool? canPass, string record) = await CanPassAsync(bounce, cancellationToken).ConfigureAwait(false);
        string? assumption = canPass == true ? "The sending server's address is authorised by the SPF record of " + bounce + " (-IPAddress evaluates it)." : null;
        return new AlignmentPath(bounce, aligned, canPass, record + "; " + alignment, assumption);
    }

    // Without an address: whether there is a record that could pass anybody at all.
    private async Task<(bool? CanPass, string Reason)> CanPassAsync(DomainName bounce, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryTxtAsync(bounce, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
            return (null, "The SPF record of " + bounce + " is not known (" + response.Describe() + ")");

        string[] records = response.Texts.Where(SpfParser.IsSpfRecord).ToArray();
        if (records.Length != 1)
            return (false, bounce + (records.Length == 0 ? " has no SPF record" : " has " + records.Length + " SPF records") + ", so SPF cannot pass");

        if (!SpfParser.TryParse(records[0], out SpfRecord? record, out _))
            return (false, "The SPF record of " + bounce + " has a syntax error, so SPF cannot pass");

        bool any = record!.Redirect is not null || record.Terms.OfType<SpfDirective>().Any(directive => directive.Qualifier == SpfQualifier.Pass);
        return any ? (true, bounce + " has an SPF record") : (false, "The SPF record of " + bounce + " authorises no host, so SPF cannot pass");
    }

    private async Task<AlignmentPath> DkimAsync(AlignmentSignature signature, CancellationToken cancellationToken)
    {
        (bool? aligned, string alignment) = await AlignAsync(signature.Domain, _discovery.Selection.Record?.DkimAlignment, DmarcTags.DkimAlignment, cancellationToken).ConfigureAwait(false);
        string mail = "Mail signed with d=" + signature.Domain + ": ";
        string assumption = "Mail carries a valid DKIM signature with d=" + signature.Domain + ".";
        if (signature.KeyName is null)
            return new AlignmentPath(signature.Domain, aligned, authenticates: true, mail + alignment, assumption);

        DnsResponse response = await _resolver.QueryTxtAsync(signature.KeyName, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            return new AlignmentPath(signature.Domain, aligned, authenticates: null, mail + "the key at " + signature.KeyName + " is not known (" + response.Describe() + "); " + alignment);
        }

        string[] faults = response.Texts.Select(DkimTextRules.WhyUnusable).OfType<string>().ToArray();
        if (faults.Length == response.Texts.Count)
        {
            string why = faults.Length == 0 ? response.Describe() : faults[0].TrimEnd('.');
            return new AlignmentPath(signature.Domain, aligned, authenticates: false, mail + "no usable key at " + signature.KeyName + " (" + why + "), so DKIM cannot pass; " + alignment);
        }

        // A verifier takes any of several, in no given order (RFC 6376 section 6.1.2 step 3).
        return response.Texts.Count > 1
            ? new AlignmentPath(signature.Domain, aligned, authenticates: null, mail + "there are " + response.Texts.Count + " TXT records at " + signature.KeyName + ", and which of them a verifier takes is not known; " + alignment)
            : new AlignmentPath(signature.Domain, aligned, authenticates: true, mail + alignment, assumption);
    }

    private async Task<(bool? Aligned, string Reason)> AlignAsync(DomainName identifier, DmarcAlignmentMode? mode, string tag, CancellationToken cancellationToken)
    {
        if (identifier.Equals(From)) return (true, "it is the From domain itself: aligned.");
        if (mode == DmarcAlignmentMode.Strict) return (false, tag + "=s asks for the From domain itself: not aligned.");

        DmarcTreeWalk other = await _walker.WalkAsync(identifier, cancellationToken).ConfigureAwait(false);
        bool? same = DmarcTreeWalk.HaveSameOrganizationalDomain(_discovery.Walk, other);
        if (same is null)
        {
            DmarcLookup? failure = _discovery.Walk.Failure ?? other.Failure;
            return (null, "whether it has the Organizational Domain of " + From + " is not known: " + DmarcPlaceRules.Describe(failure!));
        }

        if (same == false)
            return (false, "its Organizational Domain is " + Name(other) + ", that of " + From + " is " + Name(_discovery.Walk) + ": not aligned.");

        // While the record is unknown, so is whether it asks for strict alignment; without one the default stands.
        return mode is null && _discovery.Selection.Outcome == DmarcOutcome.Unknown
            ? (null, "it has the Organizational Domain of " + From + ", but which alignment is asked for is not known.")
            : (true, "it has the Organizational Domain of " + From + (other.OrganizationalDomain is { } shared ? ", " + shared : string.Empty) + ": aligned (relaxed).");
    }

    private static string Name(DmarcTreeWalk walk) => walk.OrganizationalDomain is { } domain ? domain.ToString() : "another one";
}
