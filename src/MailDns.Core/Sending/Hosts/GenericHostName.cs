using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>Host names that a network gives to all its addresses: they hold the address itself, or say how it is assigned.</summary>
internal static class GenericHostName
{
    /// <summary>Words for lines of end users; whole words only, and never in the organization's own name.</summary>
    private static readonly HashSet<string> s_words = new(StringComparer.Ordinal)
    {
        "adsl", "broadband", "cable", "dhcp", "dial", "dialin", "dialup", "dsl", "dyn", "dynamic", "dynamicip", "dynip", "ppp", "pppoe", "pool",
        "sdsl", "unassigned", "unused", "vdsl", "xdsl",
    };

    /// <summary>Digits of an IPv6 address in a row that no host has in its name by chance.</summary>
    private const int ManyNibbles = 12;

    /// <summary>True where the name looks like one that nobody chose for a mail server.</summary>
    public static bool IsGeneric(DomainName host, IPAddress address) => HoldsAddress(host, address) || SaysDynamic(host);

    private static bool HoldsAddress(DomainName host, IPAddress address)
    {
        string text = host.Text;
        return address.AddressFamily == AddressFamily.InterNetwork ? HoldsIPv4(text, address.GetAddressBytes()) : HoldsIPv6(text, address.GetAddressBytes());
    }

    // 192-0-2-1, 1.2.0.192, 192000002001, c0000201. Two of the four numbers are common in names that people choose.
    private static bool HoldsIPv4(string text, byte[] octets)
    {
        string[] numbers = Numbers(text);
        string[] decimals = octets.Select(octet => octet.ToString(CultureInfo.InvariantCulture)).ToArray();
        string padded = string.Concat(octets.Select(octet => octet.ToString("D3", CultureInfo.InvariantCulture)));
        string hex = string.Concat(octets.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
        return HoldsRun(numbers, decimals) || HoldsRun(numbers, decimals.Reverse().ToArray())
            || text.IndexOf(padded, StringComparison.Ordinal) >= 0
            || text.Split('.', '-', '_').Any(part => part == hex || part == "ip" + hex);
    }

    private static bool HoldsIPv6(string text, byte[] octets)
    {
        string nibbles = string.Concat(octets.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
        string reversed = new(nibbles.Reverse().ToArray());
        string bare = text.Replace("-", string.Empty).Replace(".", string.Empty);
        return bare.IndexOf(nibbles.Substring(32 - ManyNibbles), StringComparison.Ordinal) >= 0
            || bare.IndexOf(nibbles.Substring(0, 16), StringComparison.Ordinal) >= 0
            || bare.IndexOf(reversed.Substring(0, ManyNibbles), StringComparison.Ordinal) >= 0;
    }

    // The numbers of the name in order, without leading zeros.
    private static string[] Numbers(string text) =>
        new string(text.Select(c => c is >= '0' and <= '9' ? c : ' ').ToArray())
            .Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries)
            .Select(number => number.TrimStart('0'))
            .Select(number => number.Length == 0 ? "0" : number)
            .ToArray();

    private static bool HoldsRun(string[] numbers, string[] wanted) =>
        Enumerable.Range(0, Math.Max(0, numbers.Length - wanted.Length + 1))
            .Any(start => numbers.Skip(start).Take(wanted.Length).SequenceEqual(wanted, StringComparer.Ordinal));

    private static bool SaysDynamic(DomainName host) =>
        host.Labels.Take(Math.Max(0, host.LabelCount - 2))
            .SelectMany(label => label.Split('-', '_'))
            .Select(word => word.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))
            .Any(s_words.Contains);
}
