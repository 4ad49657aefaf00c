namespace MailDns.Spf;

/// <summary>One step of the ordered list that a record is once its lookups are done.</summary>
internal sealed class SpfStep
{
    private SpfStep(SpfStepKind kind, SpfQualifier qualifier, AddressSet networks, string mechanism, string reason)
    {
        Kind = kind;
        Qualifier = qualifier;
        Networks = networks;
        Mechanism = mechanism;
        Reason = reason;
    }

    public SpfStepKind Kind { get; }

    public SpfQualifier Qualifier { get; }

    /// <summary>The addresses that match; everything for an opaque step.</summary>
    public AddressSet Networks { get; }

    /// <summary>The mechanism that the step comes from, without its qualifier; of a redirected record, that record's own.</summary>
    public string Mechanism { get; }

    /// <summary>Why the step is opaque or an error, escaped for display.</summary>
    public string Reason { get; }

    public static SpfStep Match(SpfQualifier qualifier, AddressSet networks, string mechanism) =>
        new(SpfStepKind.Networks, qualifier, networks, mechanism, string.Empty);

    public static SpfStep Opaque(SpfQualifier qualifier, string mechanism, string reason) =>
        new(SpfStepKind.Opaque, qualifier, AddressSet.Universe, mechanism, reason);

    public static SpfStep PermError(AddressSet networks, string mechanism, string reason) =>
        new(SpfStepKind.PermError, SpfQualifier.Pass, networks, mechanism, reason);

    public static SpfStep TempError(AddressSet networks, string mechanism, string reason) =>
        new(SpfStepKind.TempError, SpfQualifier.Pass, networks, mechanism, reason);

    public override string ToString() => Kind + " " + Mechanism;
}
