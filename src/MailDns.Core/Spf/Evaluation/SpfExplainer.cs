using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Spf;

/// <summary>The explanation of a fail (RFC 7208 section 6.2). Whatever is wrong with it, the verdict stands without one.</summary>
internal sealed class SpfExplainer
{
    /// <summary>No SMTP reply is longer than this in practice; more is no explanation but abuse.</summary>
    internal const int MaxLength = 4096;

    private readonly BudgetedResolver _resolver;
    private readonly SpfMatcher _matcher;
    private readonly MacroFacts _facts;

    public SpfExplainer(BudgetedResolver resolver, SpfMatcher matcher, MacroFacts facts)
    {
        _resolver = resolver;
        _matcher = matcher;
        _facts = facts;
    }

    public async Task<string?> ExplainAsync(SpfModifier explanation, DomainName domain, CancellationToken cancellationToken)
    {
        _resolver.StopCountingVoids();
        try
        {
            return await ReadAsync(explanation, domain, cancellationToken).ConfigureAwait(false);
        }
        catch (SpfStopException)
        {
            return null;
        }
    }

    private async Task<string?> ReadAsync(SpfModifier explanation, DomainName domain, CancellationToken cancellationToken)
    {
        string? target = await _matcher.ExpandAsync(explanation.Value, domain, cancellationToken).ConfigureAwait(false);
        if (target is null || !MacroExpander.TryGetName(target, out DomainName? name))
        {
            return null;
        }

        DnsResponse response = await _resolver.QueryUncountedAsync(new DnsQuestion(name!, DnsRecordType.Txt), cancellationToken).ConfigureAwait(false);
        if (response.Status != DnsResponseStatus.Success || response.Texts.Count != 1 || response.Texts[0].Length > MaxLength)
        {
            return null;
        }

        MacroString? text = ExplanationText.Read(response.Texts[0]);
        if (text is null)
        {
            return null;
        }

        string? expanded = await _matcher.ExpandAsync(text, domain, cancellationToken).ConfigureAwait(false);
        return expanded is { Length: <= MaxLength } ? PrintableText.Escape(expanded) : null;
    }
}
