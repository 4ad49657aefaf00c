using MailDns.Commands;
using MailDns.Diagnostics;

namespace MailDns.Bimi;

/// <summary>What Test-BimiLogo does with -CertificatePath.</summary>
internal sealed class MarkCertificateTest
{
    private readonly byte[] _file;
    private readonly MarkCertificateTarget? _target;
    private readonly MarkCertificateTrust _trust;

    private MarkCertificateTest(byte[] file, MarkCertificateTarget? target, MarkCertificateTrust trust)
    {
        _file = file;
        _target = target;
        _trust = trust;
    }

    /// <summary>Reads the files; what is wrong with them, or with the domain, ends the cmdlet.</summary>
    public static MarkCertificateTest LoadOrStop(TestBimiLogoCommand cmdlet) => new(
        MarkCertificateFiles.ReadOrStop(cmdlet, cmdlet.CertificatePath!),
        cmdlet.Domain is { } domain ? TargetOrStop(cmdlet, domain) : null,
        MarkCertificateFiles.LoadTrustOrStop(cmdlet, cmdlet.RootCertificatePath).Value);

    /// <summary>Adds the checks of the certificate to the sheet.</summary>
    public MarkCertificateReading Apply(PublishedLogo published, CheckSheet sheet)
    {
        sheet.Pass(MarkCertificateChecks.Fetch, "The file was read.");
        sheet.NotApplicable(MarkCertificateChecks.Redirect, "The file came from no server.");
        return MarkCertificateRules.Apply(_file, _target, published, _trust, sheet);
    }

    // Without DNS nobody knows the Organizational Domain.
    private static MarkCertificateTarget TargetOrStop(TestBimiLogoCommand cmdlet, string domain)
    {
        try
        {
            var name = DomainName.Parse(domain);
            BimiSelector.NameOf(cmdlet.Selector, name);
            return new MarkCertificateTarget(name, cmdlet.Selector, organization: null, isOrganizationKnown: false);
        }
        catch (System.ArgumentException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, domain));
            throw;
        }
        catch (DomainNameException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, domain));
            throw;
        }
    }
}
