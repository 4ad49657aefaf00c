namespace MailDns.Sending;

/// <summary>The checks of sending addresses and of the names their servers say in HELO: the one place that declares them.</summary>
internal static class ReverseDnsChecks
{
    public static readonly CheckDefinition Missing = new(
        "PTR-MISSING",
        CheckArea.Ptr,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Every sending address has a name (PTR)",
        finding: "The sending address {address} has no PTR record.",
        recommendation: "Have whoever assigned the address publish a PTR with the server's host name.",
        reference: "RFC 1912 section 2.1; sender guidelines of Gmail, Yahoo, Apple and La Poste");

    public static readonly CheckDefinition Forward = new(
        "PTR-FORWARD",
        CheckArea.Ptr,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The name of a sending address leads back to it",
        finding: "{host}, the name of {address}, does not resolve to {address}.",
        recommendation: "Publish the address at that name, or have the PTR changed to the name that has it.",
        reference: "RFC 8601 section 3; RFC 1912 section 2.1; sender guidelines of Gmail and Microsoft");

    public static readonly CheckDefinition Generic = new(
        "PTR-GENERIC",
        CheckArea.Ptr,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The name of a sending address is the server's own",
        finding: "{host}, the name of {address}, looks like one that the network gave.",
        recommendation: "Have the PTR changed to the server's own host name, best the one it says in HELO.",
        reference: "Postmaster pages of GMX and T-Online; M3AAWG Sender Best Common Practices");

    public static readonly CheckDefinition HeloUnresolved = new(
        "HELO-UNRESOLVED",
        CheckArea.Ptr,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The name said in HELO has an address",
        finding: "The HELO name {host} has no A or AAAA record.",
        recommendation: "Publish the server's address at that name, or have the server say a name that has it.",
        reference: "RFC 5321 sections 4.1.1.1 and 2.3.5");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[] { Missing, Forward, Generic, HeloUnresolved };

    /// <summary>Those of an address.</summary>
    public static IReadOnlyList<CheckDefinition> OfAddress { get; } = new[] { Missing, Forward, Generic };
}
