using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Spf;

/// <summary>Edits a domain's record and weighs the result: a record that is a permerror does not come out by itself.</summary>
internal sealed class SpfEditPlan
{
    private readonly DomainName _domain;
    private readonly IDnsResolver? _resolver;
    private readonly List<string> _details = new();
    private readonly List<string> _warnings = new();

    private SpfEditPlan(DomainName domain, IDnsResolver? resolver)
    {
        _domain = domain;
        _resolver = resolver;
    }

    /// <summary>Adds mechanisms.</summary>
    /// <param name="domain">The record's domain.</param>
    /// <param name="text">The record.</param>
    /// <param name="mechanisms">What to add.</param>
    /// <param name="force">Give the record even when it is a permerror.</param>
    /// <param name="resolver">Counts what is included; none counts the record's own terms.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecordParseException">The text is no SPF record.</exception>
    /// <exception cref="SpfRefusalException">A term would have no effect, or the record would be a permerror.</exception>
    public static async Task<SpfEditReport> AddAsync(
        DomainName domain,
        string text,
        SpfMechanismSet mechanisms,
        bool force,
        IDnsResolver? resolver,
        CancellationToken cancellationToken)
    {
        var plan = new SpfEditPlan(domain, resolver);
        SpfEdit edit = SpfEditor.Add(SpfParser.Parse(text), domain, mechanisms.Directives);
        SpfEditReport report = await plan.ReportAsync(edit, "Added", cancellationToken).ConfigureAwait(false);
        if (report.After.IsBroken && edit.IsChanged && !force)
        {
            throw new SpfRefusalException(
                "With " + string.Join(" ", edit.Done.Select(PrintableText.Quote)) + " the SPF record of " + domain + " is a permerror: " + report.After.Problem
                + ". Before: " + report.Before + "; after: " + report.After + ". Remove other terms or use Optimize-SpfRecord; -Force gives the record all the same.");
        }

        return report;
    }

    /// <summary>Removes mechanisms. A record that is a permerror still comes out, with a warning: it is no worse than before.</summary>
    /// <exception cref="RecordParseException">The text is no SPF record.</exception>
    public static Task<SpfEditReport> RemoveAsync(
        DomainName domain,
        string text,
        SpfMechanismSet mechanisms,
        IDnsResolver? resolver,
        CancellationToken cancellationToken)
    {
        SpfEdit edit = SpfEditor.Remove(SpfParser.Parse(text), domain, mechanisms.Directives);
        return new SpfEditPlan(domain, resolver).ReportAsync(edit, "Removed", cancellationToken);
    }

    private async Task<SpfEditReport> ReportAsync(SpfEdit edit, string verb, CancellationToken cancellationToken)
    {
        SpfBudget before = await CountAsync(edit.Before, cancellationToken).ConfigureAwait(false);
        SpfBudget after = edit.IsChanged ? await CountAsync(edit.After, cancellationToken).ConfigureAwait(false) : before;
        if (edit.Done.Count > 0)
        {
            _details.Add(verb + " " + string.Join(", ", edit.Done.Select(PrintableText.Quote)) + ".");
        }

        _details.AddRange(edit.Notes);
        _details.Add("SPF budget of " + _domain + ": " + before + " before; " + after + " after.");
        foreach (string failure in after.Failures)
        {
            _warnings.Add("The SPF budget of " + _domain + " is not fully known: " + failure + ".");
        }

        if (after.IsBroken)
        {
            _warnings.Add("The SPF record of " + _domain + " is a permerror: " + after.Problem + ".");
        }

        if (SpfSplitter.IsLong(_domain, edit.After.Text))
        {
            _warnings.Add(
                "The SPF record of " + _domain + " and its name take " + (_domain.Text.Length + edit.After.Text.Length)
                + " octets, more than 450 (RFC 7208 section 3.4).");
        }

        return new SpfEditReport(edit.After.Text, before, after, _details, _warnings);
    }

    private async Task<SpfBudget> CountAsync(SpfRecord record, CancellationToken cancellationToken) => _resolver is null
        ? SpfBudget.OfTerms(record)
        : await SpfBudget.CountAsync(_domain, record, _resolver, cancellationToken).ConfigureAwait(false);
}
